/**
 * npm run release -- owner PUBLISHER https://github.com/OWNER/NAME
 *   puts the owner into package.json, once
 * npm run release -- check TAG
 *   fails unless the checkout is fit for the release TAG; prints `channel=…` for the workflow
 * npm run release -- notes
 *   prints the section of the version in CHANGELOG.md
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, type Manifest, ROOT, readManifest } from './manifest';

/** The placeholder for the owner in every address of package.json, until there is one. */
const PLACEHOLDER = 'set-before-release';

/** The Marketplace does not support `1.2.3-beta`: an odd minor version is a pre-release there, and so everywhere. */
export function channelOf(version: string): 'release' | 'pre-release' {
  return Number(version.split('.')[1]) % 2 === 1 ? 'pre-release' : 'release';
}

/** The section of a version in a changelog, without its heading; undefined if there is none. */
export function notesOf(changelog: string, version: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((one) => one.startsWith(`[${version}] - `));
  return section?.slice(section.indexOf('\n')).trim();
}

/**
 * The reasons why a release cannot be made.
 * @param repository the address that the workflow runs in, undefined outside one
 */
export function obstacles(manifest: Manifest, changelog: string, tag: string, repository?: string): readonly string[] {
  const { version } = manifest;
  const address = addressOf(manifest);
  return [
    ...(address.includes(PLACEHOLDER)
      ? ['package.json has no owner yet: npm run release -- owner PUBLISHER https://github.com/OWNER/NAME']
      : []),
    ...(repository !== undefined && repository !== address
      ? [`package.json says '${address}', but this is '${repository}'`]
      : []),
    ...(tag === `v${version}` ? [] : [`The tag is '${tag}', but package.json has version '${version}'`]),
    ...(notesOf(changelog, version) ? [] : [`CHANGELOG.md has no section '## [${version}] - DATE'`]),
  ];
}

/** @returns the text of package.json with another publisher and address, wherever it names them */
export function withOwner(text: string, publisher: string, address: string): string {
  const manifest: Manifest = JSON.parse(text);
  return text
    .replaceAll(addressOf(manifest), address)
    .replaceAll(`"publisher": "${manifest.publisher}"`, `"publisher": "${publisher}"`);
}

function main([command, ...args]: readonly string[]): void {
  const manifest = readManifest();
  const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
  const [first, second] = args;
  if (command === 'owner' && first !== undefined && second !== undefined) {
    if (!/^[a-z0-9][a-z0-9-]*$/i.test(first)) fail([`'${first}' is not the name of a publisher`]);
    if (!/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/.test(second)) fail([`'${second}' is not an address on GitHub`]);
    const path = join(ROOT, 'package.json');
    writeFileSync(path, withOwner(readFileSync(path, 'utf8'), first, second));
  } else if (command === 'check' && first !== undefined) {
    const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
    const here = GITHUB_REPOSITORY === undefined ? undefined : `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`;
    fail(obstacles(manifest, changelog, first, here));
    console.log(`channel=${channelOf(manifest.version)}`);
  } else if (command === 'notes') {
    console.log(notesOf(changelog, manifest.version) ?? '');
  } else {
    fail(['usage: npm run release -- owner PUBLISHER ADDRESS | check TAG | notes']);
  }
}

function fail(reasons: readonly string[]): void {
  for (const reason of reasons) console.error(`release: ${reason}`);
  if (reasons.length > 0) process.exit(1);
}

if (require.main === module) main(process.argv.slice(2));
