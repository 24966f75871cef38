// Counts how many real Canton files set each key, for the order of completion: `schemas/data/configuration/usage.json`.
// Usage: node --import tsx usage.cjs FOLDER [--write]; FOLDER has a MANIFEST.json with its files. Exits with 1 where the
// data is not what the files give.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { configurationModel } = require('../schemas/configuration');
const { diskFiles } = require('../server/src/fs/node');
const { evaluate } = require('../server/src/hocon/evaluation/evaluate');
const { loadSources } = require('../server/src/hocon/evaluation/load');

const [folder, flag] = process.argv.slice(2);
const DATA = join(__dirname, '../schemas/data/configuration/usage.json');
/** Keys that fewer files set count as not set. */
const FEWEST = 2;

async function main() {
  const { files } = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));
  const keys = {};
  const types = {};
  let count = 0;
  for (const { file, version } of files.filter((one) => one.sameContentIn === undefined)) {
    const uri = pathToFileURL(join(folder, file)).href;
    const sources = await loadSources([{ uri }], diskFiles);
    const { root } = evaluate([{ uri }], sources, { variables: new Map(), closed: false });
    const canton = root.entries.get('canton')?.value;
    if (canton?.kind !== 'object') continue;
    count++;
    const seen = new Set();
    walk(canton, await configurationModel(version, 'community'), 'canton', seen);
    for (const one of seen) {
      const [table, parent, name] = JSON.parse(one);
      const counts = table === 'key' ? keys : types;
      counts[parent] ??= {};
      counts[parent][name] = (counts[parent][name] ?? 0) + 1;
    }
  }
  const data = {
    source: `How many of ${count} configuration files of the repository of Canton 2.10 to 3.6 set a key, or a type`,
    keys: sorted(keys),
    types: sorted(types),
  };
  const text = `${JSON.stringify(data, null, 1)
    .replace(/\n {3}/g, ' ')
    .replace(/\n {2}\}/g, ' }')}\n`;
  if (flag === '--write') writeFileSync(DATA, text);
  const isSame = JSON.stringify(JSON.parse(readFileSync(DATA, 'utf8'))) === JSON.stringify(data);
  console.log(`usage: ${count} files, ${isSame ? 'the data is up to date' : 'the data differs'}`);
  process.exit(isSame ? 0 : 1);
}

/** A name in a map is not a key: its content counts for the key of the map. */
function walk(value, model, parent, seen) {
  if (model === undefined) return;
  if (model.kind === 'list' && value.kind === 'list') {
    for (const element of value.elements) walk(element, model.element, parent, seen);
    return;
  }
  if (value.kind !== 'object') return;
  if (model.kind === 'map') {
    for (const { value: inner } of value.entries.values()) walk(inner, model.value, parent, seen);
    return;
  }
  const type = value.entries.get('type')?.value;
  if (model.kind === 'union' && type?.kind === 'string' && model.options.has(type.value))
    seen.add(JSON.stringify(['type', parent, type.value]));
  const object = model.kind === 'union' ? model.options.get(type?.kind === 'string' ? type.value : '') : model;
  if (object?.kind !== 'object') return;
  for (const [name, entry] of value.entries) {
    const field = object.fields.get(name);
    if (field === undefined) continue;
    seen.add(JSON.stringify(['key', parent, name]));
    walk(entry.value, field.model, name, seen);
  }
}

function sorted(counts) {
  const frequent = Object.entries(counts).map(([parent, own]) => [
    parent,
    Object.fromEntries(
      Object.entries(own)
        .filter(([, number]) => number >= FEWEST)
        .sort(([a, m], [b, n]) => n - m || a.localeCompare(b)),
    ),
  ]);
  return Object.fromEntries(
    frequent.filter(([, own]) => Object.keys(own).length > 0).sort(([a], [b]) => a.localeCompare(b)),
  );
}

void main();
