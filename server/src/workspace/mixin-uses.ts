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

/** How the mixins of a file are used. */
export interface Mixins {
  readonly uses: readonly MixinUse[];
  /** By the name of a mixin that nothing uses: the name that was meant. */
  readonly meant: ReadonlyMap<string, string>;
}

export const NOT_USED: Mixins = { uses: [], meant: new Map() };

/** A mixin with more uses is judged by the first ones. */
const MAX_USES = 50;
/** How many substitutions may lead from `canton` to a mixin. */
const MAX_DEPTH = 4;

/** The mixins that the files of a folder use: by root key, in the order in which the uses count. */
interface Uses {
  readonly freshness: Freshness;
  readonly files: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly (readonly [order: number, use: MixinUse])[]>;
  /** The root keys of all substitutions. */
  readonly roots: ReadonlySet<string>;
}

interface FileUses {
  readonly uses: readonly MixinUse[];
  readonly roots: readonly string[];
}

const NO_USES: FileUses = { uses: [], roots: [] };

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

  /** By each of these names that no file uses: the name that was meant, if a nearly equal one is used. */
  async meant(uri: string, names: readonly string[], freshness: Freshness): Promise<ReadonlyMap<string, string>> {
    const mixins = names.filter(isMixinName);
    if (mixins.length === 0) return new Map();
    const used = new Set(
      (await this.sumsAround(uri, freshness)).flatMap(({ roots }) => [...roots]).filter(isMixinName),
    );
    return new Map(
      mixins.flatMap((name) => {
        // `_sv1` is not a misspelled `_sv2`.
        const others = [...used].filter((other) => withoutDigits(other) !== withoutDigits(name));
        const near = used.has(name) || !isMisspelled(name, others) ? undefined : nearest(name, others);
        return near === undefined ? [] : [[name, near] as const];
      }),
    );
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
    const roots = new Set<string>();
    for (const file of files) {
      freshness.note(file);
      const own = await this.usesIn(file);
      uses.push(...own.uses);
      for (const root of own.roots) roots.add(root);
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
    return { freshness, files: new Set(files), byName: grouped(inOrder), roots };
  }

  private async usesIn(uri: string): Promise<FileUses> {
    const text = await this.documents.read(uri);
    if (text === undefined || !text.includes('${')) return NO_USES;
    const known = this.byFile.get(uri);
    if (known?.text === text) return known;
    const substitutions = substitutionsIn(this.documents.parse(uri, text));
    const uses = substitutions.flatMap(({ path, parent }) => {
      const to = parent === undefined ? undefined : pathOf(parent);
      return to === undefined ? [] : [{ from: path.elements.map(({ name }) => name), to }];
    });
    const found = { text, uses, roots: substitutions.flatMap(({ path }) => path.elements[0]?.name ?? []) };
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
