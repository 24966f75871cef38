import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANTON_VERSIONS, type CantonVersion } from '../../../schemas/version';

const FOLDER = join(__dirname, 'golden');
const MANIFEST = join(FOLDER, 'manifest.json');
/** The placeholder for the requested version in a recorded text. */
const VERSION = '{version}';

/** The file of a recorded text, by case and version: versions with equal plans share one. */
type Manifest = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Recorded texts of plans. Every text is compared in full; the version number of the request is the only thing that may
 * differ between versions that share a record. `UPDATE_GOLDEN=1` records the current texts.
 */
export function goldenPlans() {
  const isRecording = process.env.UPDATE_GOLDEN === '1';
  const manifest: Manifest = isRecording ? {} : JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const seen = new Map<string, Map<CantonVersion, string>>();

  return {
    compare(name: string, version: CantonVersion, text: string): void {
      const texts = seen.get(name) ?? new Map<CantonVersion, string>();
      seen.set(name, texts.set(version, text));
      if (isRecording) return;
      const file = manifest[name]?.[version];
      assert.ok(file !== undefined, `${name} has no recorded plan for ${version}`);
      assert.equal(text, readFileSync(join(FOLDER, file), 'utf8').replaceAll(VERSION, version));
    },

    /** There are no records without a case, neither in the manifest nor as a file. */
    finish(): void {
      if (isRecording) record(seen);
      const recorded: Manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
      const asked = [...seen].map(([name, texts]) => [name, [...texts.keys()].sort()] as const);
      const known = Object.entries(recorded).map(([name, files]) => [name, Object.keys(files).sort()] as const);
      assert.deepEqual(Object.fromEntries(known), Object.fromEntries(asked));
      const files = Object.values(recorded).flatMap((one) => Object.values(one));
      assert.deepEqual(readdirSync(FOLDER).sort(), [...new Set([...files, 'manifest.json'])].sort());
    },
  };
}

function record(seen: ReadonlyMap<string, ReadonlyMap<CantonVersion, string>>): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const manifest: Record<string, Record<string, string>> = {};
  for (const [name, texts] of seen) {
    const files = new Map<string, string>();
    const ofCase: Record<string, string> = {};
    for (const version of [...CANTON_VERSIONS].sort(byAge)) {
      const text = texts
        .get(version)
        ?.replace(
          new RegExp(`(?<=Canton |--canton-version )${version.replace('.', '\\.')}(?![\\d.]\\d)`, 'g'),
          VERSION,
        );
      if (text === undefined) continue;
      const file = files.get(text) ?? (files.size === 0 ? `${name}.md` : `${name}.until-${version}.md`);
      files.set(text, file);
      ofCase[version] = file;
      writeFileSync(join(FOLDER, file), text);
    }
    manifest[name] = ofCase;
  }
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The newest first: its text has the plain name. */
function byAge(a: CantonVersion, b: CantonVersion): number {
  return CANTON_VERSIONS.indexOf(b) - CANTON_VERSIONS.indexOf(a);
}
