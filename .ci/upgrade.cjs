// Holds `upgrade` against recorded verdicts: of Canton's own loaders of three versions on the same whole files, and of
// `check` under two versions on real files. Every change of verdict must be predicted, and none invented.
// Usage: node --import tsx upgrade.cjs SHARED
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { createLanguageService } = require('../server/src/service');
const { diskFiles } = require('../server/src/fs/node');

const [shared] = process.argv.slice(2);
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
  const cases = JSON.parse(readFileSync(join(shared, 'canton/loader-3.5.json'), 'utf8')).filter(
    ({ config }) => !config.includes('nofile'),
  );
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

async function main() {
  let open = 0;
  for (const run of [loaders, realFiles]) {
    const { name, count, changed, faults } = await run();
    for (const fault of faults.slice(0, 20)) console.log(fault);
    console.log(`upgrade, ${name}: ${count - faults.length} of ${count} hold, ${changed} with a change`);
    open += faults.length;
  }
  process.exit(open === 0 ? 0 : 1);
}

void main();
