import { pathOf, substitutionsIn } from '../hocon/syntax/syntax';
import { type ConfigEntry, type ConfigObject, entryAt, type KeyPath } from '../hocon/values/config-value';
import { NODE_SECTIONS } from '../model/facts/nodes';
import { isMisspelled, nearest } from '../text/nearest';
import type { Documents } from './documents';
import { Freshness } from './freshness';

/** A substitution: the path that it refers to, and the path that gets the value. */
export interface MixinUse {
  readonly from: KeyPath;
  readonly to: KeyPath;
}

/** A key of a mixin that nothing uses, and the nearly equal name that files use and none sets. */
export interface UnusedKey {
  readonly path: KeyPath;
  readonly used: string;
}

/** How the mixins of a file are used. */
export interface Mixins {
  readonly uses: readonly MixinUse[];
  readonly unused: readonly UnusedKey[];
}

export const NOT_USED: Mixins = { uses: [], unused: [] };

/** A mixin with more uses is judged by the first ones. */
const MAX_USES = 50;
/** Not the name in `${_shared}`. */
const MIXIN_KEY = /(?:^|(?<!\$)\{|,)[ \t]*"?(_[\w-]+)"?\s*[.{=:+]/gm;
/** How many substitutions may lead from `canton` to a mixin. */
const MAX_DEPTH = 4;

/** The mixins that the files of a folder use: by root key, in the order in which the uses count. */
interface Uses {
  readonly freshness: Freshness;
  readonly files: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly (readonly [order: number, use: MixinUse])[]>;
  /** What all substitutions refer to. */
  readonly paths: ReadonlyMap<string, KeyPath>;
}

interface FileUses {
  readonly uses: readonly MixinUse[];
  readonly paths: readonly KeyPath[];
}

const NO_USES: FileUses = { uses: [], paths: [] };

/** Finds the places below `canton` at which files of the workspace use what a file sets beside that key. */
export class MixinUses {
  private readonly byFile = new Map<string, FileUses & { readonly text: string }>();
  /** By the list of files, because a check of a folder would otherwise read every file once for every other one. */
  private readonly byList = new WeakMap<readonly string[], Uses>();

  /** @param around the same list for all files that have the same files around them, as long as none comes or goes */
  constructor(
    private readonly documents: Documents,
    private readonly around: (uri: string) => Promise<readonly string[]>,
  ) {}

  /** @param names the root keys of the file that may be mixins */
  async of(uri: string, names: readonly string[], freshness: Freshness): Promise<readonly MixinUse[]> {
    if (names.length === 0) return [];
    const uses = (await this.sumsAround(uri, freshness)).flatMap(({ byName }) =>
      [...new Set(names)].flatMap((name) => byName.get(name) ?? []),
    );
    return uses
      .sort(([one], [other]) => one - other)
      .slice(0, MAX_USES)
      .map(([, use]) => use);
  }

  /** The keys of mixins that no file uses, where a nearly equal one is used that no file sets: one of the two is misspelled. */
  async unused(uri: string, root: ConfigObject, freshness: Freshness): Promise<readonly UnusedKey[]> {
    const found: UnusedKey[] = [];
    if (![...root.entries.keys()].some(isMixinName)) return found;
    const sums = await this.sumsAround(uri, freshness);
    const used = sums.flatMap(({ paths }) => [...paths.values()]);
    const open: { readonly path: KeyPath; readonly object: ConfigObject; readonly used: readonly KeyPath[] }[] = [
      { path: [], object: root, used: used.filter(([name = '']) => isMixinName(name)) },
    ];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { path, object } = next;
      // A mixin that is used as a whole may have any key.
      if (path.length >= MAX_DEPTH || next.used.some(({ length }) => length <= path.length)) continue;
      const names = new Set(next.used.map((one) => one[path.length] ?? ''));
      for (const [name, { value }] of object.entries) {
        if (path.length === 0 && !isMixinName(name)) continue;
        const inside = next.used.filter((one) => one[path.length] === name);
        // `_sv1` is not a misspelled `_sv2`.
        const others = [...names].filter(
          (other) => !object.entries.has(other) && withoutDigits(other) !== withoutDigits(name),
        );
        if (inside.length === 0 && isMisspelled(name, others)) {
          found.push({ path: [...path, name], used: nearest(name, others) ?? '' });
        } else if (inside.length > 0 && value.kind === 'object') {
          open.push({ path: [...path, name], object: value, used: inside });
        }
      }
    }
    if (found.length === 0) return found;
    const set = await this.mixinsIn(sums.flatMap(({ files }) => [...files]));
    return found.filter(({ path, used }) => path.length > 1 || !set.has(used));
  }

  /** The names of the mixins that files set, by their texts alone. */
  private async mixinsIn(files: readonly string[]): Promise<ReadonlySet<string>> {
    const names = new Set<string>();
    for (const file of files)
      for (const [, name = ''] of ((await this.documents.read(file)) ?? '').matchAll(MIXIN_KEY)) names.add(name);
    return names;
  }

  private async sumsAround(uri: string, freshness: Freshness): Promise<readonly Uses[]> {
    const around = await this.around(uri);
    let known = this.byList.get(around);
    if (known?.freshness.current !== true) {
      known = await this.usesOf(around);
      this.byList.set(around, known);
    }
    // The list has no links, so a file that is opened through one is not in it.
    const sums = known.files.has(uri) ? [known] : [await this.usesOf([uri]), known];
    for (const sum of sums) freshness.include(sum.freshness);
    return sums;
  }

  private async usesOf(files: readonly string[]): Promise<Uses> {
    const freshness = new Freshness(this.documents);
    const uses: MixinUse[] = [];
    const paths = new Map<string, KeyPath>();
    for (const file of files) {
      freshness.note(file);
      const own = await this.usesIn(file);
      uses.push(...own.uses);
      for (const path of own.paths) paths.set(path.join('\0'), path);
    }
    const ofMixins = grouped(uses.filter(({ to }) => to[0] !== 'canton').map((use) => [use.to[0] ?? '', use]));
    let placed = uses.filter(({ to }) => to[0] === 'canton');
    const found = new Map<string, MixinUse>();
    for (let depth = 0; depth < MAX_DEPTH && placed.length > 0; depth++) {
      for (const use of placed) found.set(JSON.stringify(use), use);
      placed = placed.slice(0, MAX_USES).flatMap(({ from, to }) =>
        (ofMixins.get(from[0] ?? '') ?? []).flatMap((use) => {
          const isInside = from.length <= use.to.length && from.every((name, i) => name === use.to[i]);
          return isInside ? [{ from: use.from, to: [...to, ...use.to.slice(from.length)] }] : [];
        }),
      );
    }
    const inOrder = [...found.values()].map((use, order) => [use.from[0] ?? '', [order, use] as const] as const);
    return { freshness, files: new Set(files), byName: grouped(inOrder), paths };
  }

  private async usesIn(uri: string): Promise<FileUses> {
    const text = await this.documents.read(uri);
    if (text === undefined || !text.includes('${')) return NO_USES;
    const known = this.byFile.get(uri);
    if (known?.text === text) return known;
    const all = substitutionsIn(this.documents.parse(uri, text)).map(({ path, parent }) => ({
      from: path.elements.map(({ name }) => name),
      to: parent && pathOf(parent),
    }));
    const uses = all.flatMap(({ from, to }) => (to === undefined ? [] : [{ from, to }]));
    const found = { text, uses, paths: all.map(({ from }) => from) };
    this.byFile.set(uri, found);
    return found;
  }
}

function isMixinName(name: string): boolean {
  return name.startsWith('_');
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}

function grouped<T>(named: readonly (readonly [name: string, one: T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, one] of named) {
    const others = groups.get(name);
    if (others === undefined) groups.set(name, [one]);
    else others.push(one);
  }
  return groups;
}

/** The configuration with its mixins at the places below `canton` that use them; undefined if there are none. */
export function withMixins(config: ConfigObject, uses: readonly MixinUse[]): ConfigObject | undefined {
  let root = config;
  for (const { from, to } of withoutLikes(config, uses)) {
    const entry = entryAt(config, from);
    if (entry !== undefined) root = placed(root, to, entry);
  }
  return root === config ? undefined : root;
}

/** The uses without those of nodes that only repeat what another node of their kind uses, and would be read as that one. */
function withoutLikes(config: ConfigObject, uses: readonly MixinUse[]): readonly MixinUse[] {
  const isOfNode = ({ to: [, kind = '', name = ''] }: MixinUse) =>
    NODE_SECTIONS.some((section) => section === kind) && entryAt(config, ['canton', kind, name]) === undefined;
  const idOf = ({ to }: MixinUse) => JSON.stringify(to.slice(0, 3));
  const byNode = grouped(uses.filter(isOfNode).map((use) => [idOf(use), use]));
  const kept = new Map<string, string>();
  for (const [id, own] of byNode) {
    const used = JSON.stringify(own.map(({ from, to: [, kind, , ...place] }) => [from, kind, place]));
    if (!kept.has(used)) kept.set(used, id);
  }
  const ids = new Set(kept.values());
  return uses.filter((use) => !isOfNode(use) || ids.has(idOf(use)));
}

/** The configuration with the entry at a path; of two entries for one path, the first one stays. */
function placed(object: ConfigObject, [name = '', ...rest]: KeyPath, entry: ConfigEntry): ConfigObject {
  const known = object.entries.get(name);
  if (rest.length === 0) {
    return known === undefined ? { ...object, entries: new Map(object.entries).set(name, entry) } : object;
  }
  if (known !== undefined && known.value.kind !== 'object') return object;
  const inner: ConfigObject =
    known?.value.kind === 'object'
      ? known.value
      : { kind: 'object', entries: new Map(), unknowns: [], origin: entry.value.origin };
  const value = placed(inner, rest, entry);
  // If the entry was not placed, the object stays the same one.
  if (value === inner) return object;
  const definitions = known?.definitions ?? [];
  return { ...object, entries: new Map(object.entries).set(name, { value, definitions }) };
}
