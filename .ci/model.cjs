// Compares this project's model of what Canton reads with a recorded reading of Canton's classes: every key, whether it
// must be written, and its kind of value. Each difference is named, and has its reason in the table below. Usage: node
// --import tsx model.cjs FOLDER; FOLDER has VERSION.json for each version.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { configurationModel } = require('../schemas/configuration');
const { CANTON_VERSIONS } = require('../schemas/version');
const { EXPLAINED } = require('./model-differences.cjs');

const [folder] = process.argv.slice(2);
const used = new Set();
let compared = 0;
let unexplained = 0;

async function main() {
  for (const version of CANTON_VERSIONS) {
    const recorded = JSON.parse(readFileSync(join(folder, `${version}.json`), 'utf8'));
    const ours = await configurationModel(version, 'community');
    const differences = new Set();
    compare(recorded, recorded.root, ours, differences);
    const count = { explained: 0, open: 0 };
    for (const difference of differences) {
      const reason = EXPLAINED.find(
        ({ what, versions }) => what.test(difference) && (versions?.includes(version) ?? true),
      );
      if (reason === undefined) {
        count.open++;
        console.log(`${version}: ${difference}`);
      } else {
        count.explained++;
        used.add(reason);
      }
    }
    unexplained += count.open;
    console.log(`${version}: ${count.explained} differences with a reason, ${count.open} without`);
  }
  const unused = EXPLAINED.filter((reason) => !used.has(reason));
  for (const { what } of unused) console.log(`no difference is explained by ${what}`);
  console.log(`${compared} keys compared`);
  process.exit(unexplained === 0 && unused.length === 0 ? 0 : 1);
}

/** Walks both models side by side, each pair of a class and a model once. */
function compare({ types }, root, model, differences) {
  const seen = new Map();
  classOf(root, model);

  function classOf(id, our) {
    const pairs = seen.get(id) ?? new Set();
    seen.set(id, pairs);
    if (pairs.has(our)) return;
    pairs.add(our);
    const type = types[id];
    if (type === undefined) return;
    const name = [id.split('|')[1], type.name].filter(Boolean).join('.');
    if (type.kind !== 'class') return familyOf(type, name, our);
    if (our.kind !== 'object') return void differences.add(`${name}: an object is ${our.kind} here`);
    const recorded = new Map(type.keys.map((one) => [one.key, one]));
    for (const one of type.keys) keyOf(name, one, our);
    for (const key of our.fields.keys())
      if (!recorded.has(key) && key !== 'type') differences.add(`${name}.${key}: not in the class`);
  }

  function familyOf({ options }, name, our) {
    if (our.kind === 'enum') {
      const words = options.map(({ type }) => type);
      for (const word of words) if (!our.values.has(word)) differences.add(`${name}: no word ${word} here`);
      for (const word of our.values.keys()) if (!words.includes(word)) differences.add(`${name}: ${word} is no option`);
    } else if (our.kind === 'union') {
      for (const { type, ref } of options) {
        const option = our.options.get(type);
        if (option === undefined) differences.add(`${name}: no type ${type} here`);
        else classOf(ref, option);
      }
      const types = new Set(options.map(({ type }) => type));
      for (const type of our.options.keys()) if (!types.has(type)) differences.add(`${name}: ${type} is no option`);
    } else {
      differences.add(`${name}: a family is ${our.kind} here`);
      if (our.kind === 'object' && options.length === 1) classOf(options[0].ref, our);
    }
  }

  function keyOf(name, { key, type, default: otherwise, ref }, our) {
    compared++;
    const field = our.fields.get(key);
    if (field === undefined) return void differences.add(`${name}.${key}: missing here`);
    const isRequired = otherwise === undefined && !type.startsWith('Option[');
    if (isRequired !== (field.required && !field.optional))
      differences.add(`${name}.${key}: ${isRequired ? 'required' : 'optional'} in the class, not here`);
    typeOf(`${name}.${key}`, type, ref, field.model);
  }

  function typeOf(what, type, ref, our) {
    const [, head, inner] = /^([\w.]+)(?:\[(.*)\])?$/s.exec(type) ?? [undefined, type];
    if (head === 'Option' || head === 'NonEmpty') typeOf(what, inner, ref, our);
    else if (head === 'Map') {
      if (our.kind !== 'map') differences.add(`${what}: a map is ${our.kind} here`);
      else typeOf(`${what}.*`, inner.slice(inner.indexOf(',') + 1).trim(), ref, our.value);
    } else if (['Seq', 'List', 'Set'].includes(head)) {
      if (our.kind !== 'list') differences.add(`${what}: a list is ${our.kind} here`);
      else typeOf(`${what}[]`, inner, ref, our.element);
    } else if (ref !== undefined) classOf(ref, our);
    else {
      const kinds = kindsOf(type);
      if (kinds !== undefined && !kinds.includes(our.kind)) differences.add(`${what}: ${type} is ${our.kind} here`);
      if (kinds === undefined && our.kind === 'raw') differences.add(`${what}: ${type} is not followed here`);
    }
  }
}

/**
 * The kinds of value that a Scala type may have here; undefined for a type that is described by the rules of its
 * reader.
 */
function kindsOf(type) {
  const name = type.slice(type.lastIndexOf('.') + 1);
  if (name === 'Boolean') return ['boolean'];
  if (
    /^(Short|Int|Long|Port|PositiveInt|PositiveLong|NonNegativeInt|NonNegativeLong|PositiveNumeric\[(Int|Long)\])$/.test(
      type,
    )
  )
    return ['int'];
  if (/^(Double|PositiveDouble|DoubleGreaterEqual1)$/.test(name)) return ['number'];
  if (/Duration$|^PositiveDurationSeconds$/.test(name)) return ['duration'];
  if (
    /^(String|File|Path|ExistingFile|PemFile|PemFileOrString|NonEmptyString|String\d+|LengthLimitedString)$/.test(name)
  )
    return ['string'];
  return undefined;
}

main();
