import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationData, keyVersions } from '../schemas/configuration';
import type { ConfigurationData } from '../schemas/configuration-data';
import { CANTON_VERSIONS, DEFAULT_CANTON_VERSION } from '../schemas/version';
import { readClasses } from './model/configuration-classes';

const [checkout, ...options] = process.argv.slice(2);

/** Writes the data for the version of a checkout, and prints which parts were not read and which are new. */
async function main(folder: string): Promise<number> {
  if (existsSync(join(folder, SPLICE))) return writeSplice(folder, await configurationData(DEFAULT_CANTON_VERSION));
  const version = /^\d+\.\d+/.exec(readFileSync(join(folder, 'VERSION'), 'utf8'))?.[0];
  if (version === undefined) throw new Error(`${folder} does not say in VERSION which Canton it is`);
  const { data, unread } = readClasses(sourcesIn(folder), 'CantonConfig');
  const known = CANTON_VERSIONS.find((one) => one === version) ?? CANTON_VERSIONS.at(-1) ?? DEFAULT_CANTON_VERSION;
  const differences = differencesOf(await configurationData(known), data);
  console.log(`Canton ${version}: ${Object.values(data.files).flatMap(Object.keys).length} classes read`);
  for (const one of unread) console.log(`not read: ${one}`);
  console.log(`${differences.length} differences from the data of ${known}`);
  for (const one of differences) console.log(one);
  if (options.includes('--check')) return differences.length === 0 ? 0 : 1;
  const isFull = version === DEFAULT_CANTON_VERSION;
  const written = isFull ? data : (patchTo(await configurationData(DEFAULT_CANTON_VERSION), data) ?? {});
  write(version, written);
  write('key-versions', await keyVersions([version, data]));
  return 0;
}

const SPLICE = 'apps/app/src/main/scala/org/lfdecentralizedtrust/splice/config/SpliceConfig.scala';

/** Writes the classes of the applications of Splice; those of Canton that they use are in the data of Canton. */
function writeSplice(folder: string, canton: ConfigurationData): number {
  const sources = new Map([...sourcesIn(folder)].filter(([file]) => file.startsWith('apps/')));
  const { data, unread } = readClasses(sources, 'SpliceConfig');
  const known = new Set(Object.values(canton.files).flatMap(Object.keys));
  for (const one of unread) if (!known.has(one.slice(one.indexOf(': ') + 2))) console.log(`not read: ${one}`);
  const own = Object.values(data.files).flatMap(Object.keys);
  // Canton's classes refer to their own class of that name.
  const text = own
    .filter((name) => known.has(name))
    .reduce(
      (all, name) => all.replace(new RegExp(`(?<![\\w.])${name}(?![\\w.])`, 'g'), `Splice.${name}`),
      JSON.stringify(data, undefined, 2),
    );
  console.log(`${own.length} classes read`);
  writeFileSync('schemas/data/configuration/splice.json', `${text}\n`);
  return 0;
}

function write(name: string, data: unknown): void {
  writeFileSync(`schemas/data/configuration/${name}.json`, `${JSON.stringify(data, undefined, 2)}\n`);
}

const MAIN = /\/src\/main\/scala\//;
const PACKAGE = /.*\/com\/(?:digitalasset\/canton|digitalasset|daml)\//;

/** Scala files by their path from Canton's package on. */
function sourcesIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  files.sort();
  const sources = files.filter((file) => file.endsWith('.scala') && MAIN.test(`/${file}`));
  return new Map(sources.map((file) => [file.replace(PACKAGE, ''), readFileSync(join(folder, file), 'utf8')]));
}

/** The merge patch (RFC 7396) from one value to another; undefined if they are the same. */
function patchTo(before: unknown, now: unknown): unknown {
  if (!isRecord(before) || !isRecord(now)) return JSON.stringify(before) === JSON.stringify(now) ? undefined : now;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changes = keys.map((key) => [key, key in now ? patchTo(before[key], now[key]) : null] as const);
  const kept = changes.filter(([, change]) => change !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The differences between the data and the checkout, class by class. */
function differencesOf(known: ConfigurationData, read: ConfigurationData): readonly string[] {
  const classes = (data: ConfigurationData) =>
    new Map(Object.values(data.files).flatMap((types) => Object.entries(types)));
  const before = classes(known);
  const now = classes(read);
  const names = [...new Set([...before.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [old, own] = [before.get(name), now.get(name)];
    if (own === undefined) return `- ${name}`;
    if (old === undefined) return `+ ${name}`;
    const entries = (one: typeof old): Record<string, string> => ({
      ...one.keys,
      ...one.options,
      ...Object.fromEntries((one.words ?? []).map((word) => [word, 'a word'])),
      ...Object.fromEntries(Object.entries(one.moved ?? {}).map(([from, to]) => [`${from} (old)`, to.join(', ')])),
      ...Object.fromEntries(Object.entries(one.dropped ?? {}).map(([from, since]) => [`${from} (dropped)`, since])),
    });
    const [was, is] = [entries(old), entries(own)];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((key) => was[key] !== is[key])
      .map((key) => `${name}.${key}: ${was[key] ?? 'not there'} -> ${is[key] ?? 'not there'}`);
  });
}

if (checkout === undefined) {
  console.error('usage: npm run model -- CANTON_CHECKOUT [--check]');
  process.exitCode = 2;
} else {
  main(checkout).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 2;
    },
  );
}
