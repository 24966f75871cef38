import { type KeyReleases, keyReleases, patchOf } from '../../../../schemas/releases';
import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';
import { locationOfKey } from '../../model/binding/locations';
import { removeFix } from '../fixes';
import { report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const otherRelease: Rule = {
  code: 'read/other-release',
  severity: 'error',
  title: 'Key of other releases of the line',
  docs: `Patch releases of Canton add keys, and earlier releases of the line refuse them. With the release (\`# canton-kms: version = 3.5.10\`,
\`cantonVersion\` or \`spliceVersion\` in the project file, \`--canton-version\`, the tag of an image) such a key is an error in an earlier
one. With the line alone it is information.`,
  source: 'config classes of release-line-3.4 and 3.5 by VERSION; release notes 3.5.4 to 3.5.14',
  examples: {
    bad: {
      release: '3.5.10',
      text: `# canton-kms: version = 3.5.10
canton.participants.p1.traffic-enforcement { enabled = true, reject-multi-party-submissions = true }`,
    },
    good: {
      release: '3.5.13',
      text: `# canton-kms: version = 3.5.13
canton.participants.p1.traffic-enforcement { enabled = true, reject-multi-party-submissions = true }`,
    },
  },
  check(context) {
    const canton = context.config.entries.get('canton')?.value;
    if (canton?.kind !== 'object') return [];
    const all = keyReleases(context.version).flatMap((key) =>
      entriesAt(canton, key.path).map((found) => ({ key, found })),
    );
    // A key below one of them exists in the same releases or later ones.
    const isAbove = (one: readonly string[], other: readonly string[]) =>
      one.length < other.length && one.every((name, i) => name === other[i]);
    return all
      .filter(({ found }) => !all.some((other) => isAbove(found.path, other.found.path)))
      .flatMap(({ key, found }) => describe(context, key, found));
  },
};

interface Found {
  readonly path: readonly string[];
  readonly entry: ConfigEntry;
}

function describe(context: RuleContext, { since, only }: KeyReleases, { path, entry }: Found) {
  const { version, release } = context;
  const patch = patchOf(release);
  if (since !== undefined && patch !== undefined && patch >= since) return [];
  const isRefused = since !== undefined && patch !== undefined;
  const name = shortPath(path);
  const which = since === undefined ? `the ${only}` : `Canton ${version}.${since} and later`;
  const against = isRefused ? ` This file is checked against ${release}.` : '';
  const message = `Only ${which} read '${name}', and other releases of ${version} refuse it.${against}`;
  const location = locationOfKey(entry, entry.value.origin);
  const fixes = isRefused ? removeFix(context, { path, entry }) : [];
  return [report(otherRelease, { message, location, path, fixes, severity: isRefused ? 'error' : 'information' })];
}

/** The entries at a path with any name in place of `*`. */
function entriesAt(object: ConfigObject, path: readonly string[], depth = 0, outer = ['canton']): readonly Found[] {
  const name = path[depth] as string;
  const found: Found[] = [];
  const enter = (key: string, entry: ConfigEntry) => {
    const at = [...outer, key];
    if (depth === path.length - 1) found.push({ path: at, entry });
    else if (entry.value.kind === 'object') found.push(...entriesAt(entry.value, path, depth + 1, at));
  };
  if (name === '*') for (const [key, entry] of object.entries) enter(key, entry);
  else {
    const entry = object.entries.get(name);
    if (entry !== undefined) enter(name, entry);
  }
  return found;
}
