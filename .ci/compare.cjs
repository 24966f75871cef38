// Holds `upgrade` against recorded verdicts: of Canton's own loaders of three versions on the same whole files, and of
// `check` under two versions on real files. Every change of verdict must be predicted, and none invented. Then `diff` over
// the real files: what formatting and the refactorings make of them is no difference, and one changed value is one.
// Of the files that Canton's loaders agree about, every fourth is tried, or all of them with `--all`.
// Usage: node --import tsx compare.cjs SHARED [--all]
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { TextDocument } = require('vscode-languageserver-textdocument');
const { pathToFileURL } = require('node:url');
const { createLanguageService } = require('../server/src/service');
const { diskFiles } = require('../server/src/fs/node');

const [shared, which] = process.argv.slice(2);
const EDITION = 'community';
/** Problems that Canton's loader does not look for. */
const isRead = ({ code }) => !(code ?? '').startsWith('start/');

function serviceFor(version, files, closed) {
  const service = createLanguageService({ files, list: async () => [] });
  service.configure({ force: { version, edition: EDITION }, environment: { variables: new Map(), closed } });
  return service;
}

const refused = (changes) => changes.filter(({ kind }) => kind === 'refused').filter(isRead).length;
const accepted = (changes) => changes.filter(({ kind }) => kind === 'accepted').filter(isRead).length;

async function loaders() {
  const isTried = ({ ok, others }, i) =>
    which === '--all' || i % 4 === 0 || Object.values(others).some((verdict) => verdict !== ok);
  const cases = JSON.parse(readFileSync(join(shared, 'canton/loader-3.5.json'), 'utf8'))
    .filter(({ config }) => !config.includes('nofile'))
    .filter(isTried);
  const faults = [];
  let changed = 0;
  let count = 0;
  for (const { id, config, ok, others } of cases) {
    const verdicts = { 3.5: ok, ...others };
    for (const [from, to] of [
      ['3.4', '3.5'],
      ['3.5', '3.6'],
      ['3.6', '3.4'],
    ]) {
      if (verdicts[from] === undefined || verdicts[to] === undefined) continue;
      const service = serviceFor(from, { read: async () => undefined }, true);
      service.update('file:///case.conf', config);
      const [{ changes }] = (await service.upgrade(['file:///case.conf'], to)).upgrades;
      count++;
      if (verdicts[from] !== verdicts[to]) changed++;
      const predicted = verdicts[from] ? refused(changes) === 0 : verdicts[to] ? accepted(changes) > 0 : true;
      const right =
        verdicts[from] === verdicts[to] ? predicted : verdicts[to] ? accepted(changes) > 0 : refused(changes) > 0;
      if (!right) faults.push(`${id} ${from} to ${to}: ${verdicts[from]} to ${verdicts[to]}`);
    }
  }
  return { name: 'loaders', count, changed, faults };
}

async function realFiles() {
  const folder = join(shared, 'corpus/canton');
  const { files } = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));
  const faults = [];
  let changed = 0;
  let count = 0;
  const idsOf = async (uri, version) => {
    const service = serviceFor(version, diskFiles, false);
    const { files } = await service.check([uri], true);
    const found = [...files].flatMap(([at, { diagnostics }]) => diagnostics.map((one) => ({ ...one, at })));
    return found
      .filter(({ severity }) => severity === 'error')
      .map(({ code, configPath, range, at }) => `${code} ${configPath} ${at} ${range.start.line}`);
  };
  for (const { file, version } of files.filter((one) => one.sameContentIn === undefined)) {
    const uri = pathToFileURL(join(folder, file)).href;
    for (const to of ['2.10', '3.3', '3.4', '3.5', '3.6'].filter((other) => other !== version)) {
      const { upgrades } = await serviceFor(version, diskFiles, false).upgrade([uri], to);
      const [before, after] = [await idsOf(uri, version), await idsOf(uri, to)];
      const { changes } = upgrades[0];
      const named = (kind) =>
        changes
          .filter((change) => change.kind === kind)
          .map(({ code, configPath, place }) => `${code} ${configPath} ${place.uri} ${place.line}`)
          .sort();
      const minus = (a, b) => {
        const rest = [...b];
        const isNew = (one) => {
          const at = rest.indexOf(one);
          if (at >= 0) rest.splice(at, 1);
          return at < 0;
        };
        return a.filter(isNew).sort();
      };
      count++;
      if (changes.length > 0) changed++;
      if (String(named('refused')) !== String(minus(after, before))) faults.push(`${file} to ${to}: refused`);
      if (String(named('accepted')) !== String(minus(before, after))) faults.push(`${file} to ${to}: accepted`);
    }
  }
  return { name: 'real files', count, changed, faults };
}

/** Applies the edits of one file, and makes the files that an action makes. */
function filesAfter(texts, { edit }) {
  const result = new Map(texts);
  const change = (uri, edits) => {
    const document = TextDocument.create(uri, '', 1, result.get(uri) ?? '');
    result.set(uri, TextDocument.applyEdits(document, edits));
  };
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) change(uri, edits);
  for (const one of edit?.documentChanges ?? []) if ('textDocument' in one) change(one.textDocument.uri, one.edits);
  return result;
}

/** How many lines `diff` has between a file as it is and the file with other texts. */
async function differenceOf(uri, version, texts) {
  const moved = (one) => one.replace('file:///', 'file:///new/');
  const files = {
    read: async (one) => {
      if (!one.startsWith('file:///new/')) return diskFiles.read(one);
      const real = one.replace('file:///new/', 'file:///');
      return texts.get(real) ?? diskFiles.read(real);
    },
  };
  const service = serviceFor(version, files, false);
  const side = (one) => ({ uris: [one], asOneSet: true, folder: one.replace(/[^/]*$/, '') });
  const [{ changes }] = await service.diff(side(uri), side(moved(uri)));
  return changes.map(({ configPath }) => configPath);
}

const REFACTORINGS = /^(?:Extract|Inline|Flatten|Convert|Nest)/;
/** Cursors that are tried in each file. */
const TRIED = 12;

async function differences() {
  const folder = join(shared, 'corpus/canton');
  const { files } = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));
  const faults = [];
  let count = 0;
  let changed = 0;
  const own = files.filter(({ sameContentIn, parses }) => sameContentIn === undefined && parses);
  for (const { file, version } of own) {
    const uri = pathToFileURL(join(folder, file)).href;
    const text = readFileSync(join(folder, file), 'utf8');
    const texts = new Map([[uri, text]]);
    const service = serviceFor(version, diskFiles, false);
    service.update(uri, text);
    const edits = await service.formatting(uri, { tabSize: 2, insertSpaces: true });
    const actions = [{ title: 'Format', edit: { changes: { [uri]: edits ?? [] } } }];
    const lines = text.split('\n');
    for (let i = 0; i < TRIED; i++) {
      const line = Math.floor((i * lines.length) / TRIED);
      const start = { line, character: /\S/.exec(lines[line])?.index ?? 0 };
      const context = { diagnostics: [], only: ['refactor'], createsFiles: true };
      actions.push(
        ...(await service.codeActions(uri, { start, end: start }, context)).filter((one) =>
          REFACTORINGS.test(one.title),
        ),
      );
    }
    for (const action of actions) {
      count++;
      const found = await differenceOf(uri, version, filesAfter(texts, action));
      if (found.length > 0) faults.push(`${file}: ${action.title}: ${found.slice(0, 3)}`);
    }
    const ports = [...text.matchAll(/^[ \t]*(?:[\w.-]+\.)?port[ \t]*[=:][ \t]*(\d+)[ \t]*$/gm)];
    for (const match of ports) {
      const at = match.index + match[0].lastIndexOf(match[1]);
      const other = text.slice(0, at) + String(Number(match[1]) + 1) + text.slice(at + match[1].length);
      const found = await differenceOf(uri, version, new Map([[uri, other]]));
      count++;
      changed += found.length;
      // A value that several nodes refer to is one change of each.
      const nodes = new Set(found.map((one) => one.split('.').slice(0, 3).join('.')));
      if (found.length > nodes.size) faults.push(`${file}: port ${match[1]}: ${found}`);
    }
  }
  return { name: 'differences', count, changed, faults };
}

async function main() {
  let open = 0;
  for (const run of [loaders, realFiles, differences]) {
    const { name, count, changed, faults } = await run();
    for (const fault of faults.slice(0, 20)) console.log(fault);
    console.log(`comparison, ${name}: ${count - faults.length} of ${count} hold, ${changed} with a change`);
    open += faults.length;
  }
  process.exit(open === 0 ? 0 : 1);
}

void main();
