import { type CantonVersion, compareVersions } from '../../../schemas/version';
import { changedDefaults } from '../comparison/defaults';
import { effectiveChanges, type ShownValue, type Side, type ValueChange } from '../comparison/effective-diff';
import { changedProcedures } from '../comparison/procedures';
import { readingOf } from '../comparison/readings';
import { upgradeMarkdown, upgradeText } from '../comparison/render-upgrade';
import type { NodeProcedures, Upgrade, UpgradeChange } from '../comparison/upgrade';
import { type Diagnostic, isPlainFix, type TextChange } from '../model/diagnostic';
import { nodeIdAt } from '../model/facts/nodes';
import type { VersionChoice } from '../model/facts/version-choice';
import type { PlannedEdit } from '../operations/plan';
import { hoconPath } from '../text/encoders/hocon';
import { LineIndex } from '../text/line-index';
import { fileName } from '../text/location';
import type { LaunchSet } from '../workspace/launch-sets';
import { enclosingOf } from '../workspace/regions';
import type { Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';
import { enclosingAt, enclosingTexts, planRequest } from './planning';

type Texts = ReadonlyMap<string, string>;

/** The effect of another version on launch sets, as data and as text. */
export interface UpgradeReport {
  readonly upgrades: readonly Upgrade[];
  readonly text: string;
  readonly markdown: string;
  /** All edits, each once. */
  readonly edits: readonly PlannedEdit[];
}

/** One of two configurations. */
export interface DiffSide {
  readonly uris: readonly string[];
  /** Whether the files, in order, are one launch set; otherwise, each is in those that the project file declares. */
  readonly asOneSet: boolean;
  /**
   * The URI of the folder that they are compared in, with `/` at its end: files at the same place below it correspond
   * to each other.
   */
  readonly folder: string;
}

/** The difference of a launch set; one that only one side has is compared with an empty one. */
export interface SetDiff {
  readonly name: string;
  readonly old: DiffRelease | undefined;
  readonly new: DiffRelease | undefined;
  readonly changes: readonly PlacedChange[];
  /** The files with faults that leave values unknown. */
  readonly faulty: readonly string[];
}

type DiffRelease = Pick<VersionChoice, 'version' | 'edition'>;

export interface PlacedChange extends Omit<ValueChange, 'old' | 'new'> {
  readonly old: PlacedValue | undefined;
  readonly new: PlacedValue | undefined;
}

export interface PlacedValue {
  readonly value: string;
  readonly uri: string;
  /** Zero-based. */
  readonly line: number | undefined;
}

/** Compares launch sets with themselves under another version, or with other launch sets. */
export function comparing(workspace: Workspace) {
  return {
    /**
     * The effect of another version on the launch sets of a single file, if they are declared or inside it; otherwise, on
     * the files as one launch set, in order.
     * @param nameOf the display name of a file
     */
    async upgrade(
      uris: readonly string[],
      to: CantonVersion,
      nameOf: (uri: string) => string = fileName,
    ): Promise<UpgradeReport> {
      const upgrades: Upgrade[] = [];
      for (const held of await heldBy(uris)) upgrades.push(await upgradeOf(held, to));
      // A fragment that several nodes include has one line for all of them.
      const all = upgrades.flatMap(({ changes }) => changes).flatMap(({ edits }) => edits);
      const edits = [...new Map(all.map((edit) => [JSON.stringify(edit), edit])).values()];
      const texts = new Map<string, string | undefined>();
      for (const { file } of edits) texts.set(file, await workspace.documents.read(file));
      const files = { nameOf, textOf: (uri: string) => texts.get(uri) };
      return { upgrades, text: upgradeText(upgrades, files), markdown: upgradeMarkdown(upgrades, files), edits };
    },

    /** The changes for Canton from one configuration to another, for each launch set. */
    async diff(old: DiffSide, fresh: DiffSide): Promise<readonly SetDiff[]> {
      const pairs = pairedSets(
        { sets: await setsFor(old), folder: old.folder },
        { sets: await setsFor(fresh), folder: fresh.folder },
      );
      const found: SetDiff[] = [];
      for (const { name, old, fresh } of pairs)
        found.push(
          diffOf(name, old && (await workspace.snapshotOf(old)), fresh && (await workspace.snapshotOf(fresh))),
        );
      return found;
    },
  };

  async function setsFor({ uris, asOneSet }: DiffSide): Promise<readonly LaunchSet[]> {
    if (asOneSet) return [await workspace.setOf(uris)];
    const sets = new Map<string, LaunchSet>();
    for (const uri of uris) for (const set of await workspace.setsOf(uri)) sets.set(set.id, set);
    return [...sets.values()];
  }

  /**
   * A single file is in the sets that are declared with it, or whose HOCON it encloses; otherwise, it is a whole set.
   */
  async function heldBy(uris: readonly string[]): Promise<readonly Snapshot[]> {
    const [first, ...others] = uris;
    if (first !== undefined && others.length === 0) {
      const sets = await workspace.setsOf(first);
      if (workspace.documents.mayEnclose(first) || sets.some(({ declared }) => declared))
        return Promise.all(sets.map((set) => workspace.snapshotOf(set)));
    }
    return [await workspace.snapshotOf(await workspace.setOf(uris))];
  }

  async function upgradeOf(before: Snapshot, to: CantonVersion): Promise<Upgrade> {
    const after = await workspace.asVersion(before, to);
    const texts = await enclosingTexts(workspace, [before]);
    const { set, choice } = before;
    const own = errorsOf(before);
    return {
      launchSet: set.name,
      from: { version: choice.version, edition: choice.edition },
      to: { version: to, edition: choice.edition },
      changes: choice.version === to ? [] : changesBetween(before, after, texts),
      procedures: choice.version === to ? [] : proceduresBetween(before, after, workspace.revised, texts),
      alreadyRefused: own.length - without(own, errorsOf(after)).length,
    };
  }
}

/** Changes of the problems, in the order of the kinds, then of the files. */
function changesBetween(before: Snapshot, after: Snapshot, texts: Texts): readonly UpgradeChange[] {
  const [olds, news] = [errorsOf(before), errorsOf(after)];
  const changeOf = (kind: UpgradeChange['kind'], held: Snapshot, diagnostic: Diagnostic): UpgradeChange => ({
    kind,
    node: diagnostic.path && nodeIdAt(diagnostic.path),
    configPath: diagnostic.configPath,
    message: diagnostic.message,
    code: diagnostic.code,
    place: placeIn(held, diagnostic),
    edits: kind === 'accepted' ? [] : editsFor(diagnostic, before, after, texts),
  });
  const lesser = without(othersOf(after), othersOf(before));
  const isMoved = ({ code }: Diagnostic) => code.startsWith('deprecated/');
  return [
    ...without(news, olds).map((one) => changeOf('refused', after, one)),
    ...lesser.filter(isMoved).map((one) => changeOf('moved', after, one)),
    ...defaultsBetween(before, after),
    ...lesser.filter((one) => !isMoved(one)).map((one) => changeOf('notice', after, one)),
    ...without(olds, news).map((one) => changeOf('accepted', before, one)),
  ];
}

function errorsOf({ diagnostics }: Snapshot): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

/** Without problems of the text itself, which are the same in all versions, and without mere changes of severity. */
function othersOf({ diagnostics }: Snapshot): Diagnostic[] {
  return diagnostics.filter(({ severity, code }) => severity !== 'error' && !code.startsWith('hocon/'));
}

/** Messages contain versions, so problems are compared by rule, location and key. */
function without(diagnostics: readonly Diagnostic[], others: readonly Diagnostic[]): Diagnostic[] {
  const idOf = ({ code, uri, range, configPath }: Diagnostic) => JSON.stringify([code, uri, range, configPath]);
  const known = new Map<string, number>();
  for (const one of others) known.set(idOf(one), (known.get(idOf(one)) ?? 0) + 1);
  return diagnostics.filter((one) => {
    const left = known.get(idOf(one)) ?? 0;
    known.set(idOf(one), left - 1);
    return left <= 0;
  });
}

/** The fix that needs no decision, or the move of a key that the other version refuses. */
function editsFor(diagnostic: Diagnostic, before: Snapshot, after: Snapshot, texts: Texts): readonly PlannedEdit[] {
  const moves = before.diagnostics.filter(
    ({ code, configPath }) => code.startsWith('deprecated/') && configPath === diagnostic.configPath,
  );
  const fix = [diagnostic, ...moves].flatMap(({ fixes = [] }) => fixes).find(isPlainFix);
  const edits = (fix?.edits ?? []).map((change) => placed(change, after, texts));
  return edits.some((one) => one === undefined) ? [] : edits.filter((one) => one !== undefined);
}

/** A change of HOCON as a change of the file that contains it. */
function placed(change: TextChange, held: Snapshot, texts: Texts): PlannedEdit | undefined {
  const enclosing = enclosingAt(held, change.uri, texts);
  const { uri, range, newText } = enclosing === undefined ? change : (enclosing.changeOf(change) ?? {});
  if (uri === undefined || range === undefined || newText === undefined) return undefined;
  const lines = enclosing === undefined ? held.lines(uri) : new LineIndex(enclosing.text);
  if (lines === undefined) return undefined;
  return { file: uri, range: { start: lines.positionAt(range.start), end: lines.positionAt(range.end) }, newText };
}

function placeIn(held: Snapshot, { uri, range }: Pick<Diagnostic, 'uri' | 'range'>): UpgradeChange['place'] {
  const line = held.lines(uri)?.positionAt(range.start).line;
  return line === undefined ? undefined : { uri: enclosingOf(uri), line };
}

function defaultsBetween(before: Snapshot, after: Snapshot): readonly UpgradeChange[] {
  const [old, fresh] = [before.context.view.root, after.context.view.root];
  if (old === undefined || fresh === undefined) return [];
  const found = changedDefaults({ root: old, model: before.model }, { root: fresh, model: after.model });
  return found.map(({ path, before: was, after: is, source }) => {
    const node = nodeIdAt(path);
    const key = hoconPath(path.slice(node === undefined ? 1 : 3));
    return {
      kind: 'default',
      node,
      configPath: hoconPath(path),
      message: `'${key}' is not set, and its default changes from ${sectionOr(was)} to ${sectionOr(is)} (${source}).`,
      code: undefined,
      place: undefined,
      edits: [],
    };
  });
}

/** A section without keys is one that is there with its own defaults. */
function sectionOr(value: string): string {
  return value === '{}' ? 'a section with its defaults' : value;
}

/** Nodes with the same kind and use of a KMS have the same procedures. */
function proceduresBetween(
  before: Snapshot,
  after: Snapshot,
  revised: Workspace['revised'],
  texts: Texts,
): readonly NodeProcedures[] {
  const groups = new Map<string, string[]>();
  for (const { id, kind, mode, kmsType } of before.nodes) {
    // Such as a domain in Canton 3: a kind of node that a version does not read has no procedures there.
    if (![before, after].every(({ model }) => model.fields.has(kind))) continue;
    const key = JSON.stringify([kind, mode, kmsType]);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  const requestFor = (held: Snapshot, node: string) =>
    planRequest([held], { procedure: '', node, options: {} }, revised, texts);
  const found = [...groups.values()].map((nodes) => {
    const [node = ''] = nodes;
    return { nodes, changed: changedProcedures(requestFor(before, node), requestFor(after, node)) };
  });
  return found.filter(({ changed }) => changed.length > 0);
}

interface Sets {
  readonly sets: readonly LaunchSet[];
  readonly folder: string;
}

interface SetPair {
  readonly name: string;
  readonly old: LaunchSet | undefined;
  readonly fresh: LaunchSet | undefined;
}

/** Sets are the same by their declared name, or by the place of their files; a single set on each side is one pair. */
function pairedSets(old: Sets, fresh: Sets): readonly SetPair[] {
  const [onlyOld, onlyFresh] = [old.sets[0], fresh.sets[0]];
  if (onlyOld !== undefined && onlyFresh !== undefined && old.sets.length === 1 && fresh.sets.length === 1)
    return [{ name: onlyFresh.name, old: onlyOld, fresh: onlyFresh }];
  const [olds, news] = [keyed(old), keyed(fresh)];
  return [...new Set([...olds.keys(), ...news.keys()])].map((key) => {
    const [was, is] = [olds.get(key), news.get(key)];
    return { name: (is ?? was)?.name ?? key, old: was, fresh: is };
  });
}

function keyed({ sets, folder }: Sets): ReadonlyMap<string, LaunchSet> {
  const placeOf = ({ uri }: { readonly uri: string }) => (uri.startsWith(folder) ? uri.slice(folder.length) : uri);
  return new Map(
    sets.map((set) => [set.declared ? `set ${set.name}` : JSON.stringify(set.roots.map(placeOf)), set] as const),
  );
}

function diffOf(name: string, old: Snapshot | undefined, fresh: Snapshot | undefined): SetDiff {
  const placed = (held: Snapshot | undefined, shown: ShownValue | undefined): PlacedValue | undefined => {
    if (held === undefined || shown === undefined) return undefined;
    const { uri, range } = shown.location;
    return { value: shown.value, uri: enclosingOf(uri), line: held.lines(uri)?.positionAt(range.start).line };
  };
  const changes = effectiveChanges(sideOf(old), sideOf(fresh));
  return {
    name,
    old: old?.choice,
    new: fresh?.choice,
    changes: changes.map((one) => ({ ...one, old: placed(old, one.old), new: placed(fresh, one.new) })),
    faulty: [...new Set([old, fresh].flatMap(faultyFiles))],
  };
}

function sideOf(held: Snapshot | undefined): Side {
  if (held === undefined) return NOTHING;
  const { config, context, choice, isSecret } = held;
  const hasAlias = compareVersions(choice.version, '3.5') >= 0;
  return { reading: readingOf(config, context.view, hasAlias), root: context.view.root, isSecret };
}

const NOTHING: Side = {
  reading: { kind: 'object', entries: new Map(), location: { uri: '', range: { start: 0, end: 0 } } },
  root: undefined,
  isSecret: () => false,
};

function faultyFiles(held: Snapshot | undefined): readonly string[] {
  const faults = (held?.diagnostics ?? []).filter(
    ({ code, severity }) => severity === 'error' && code.startsWith('hocon/'),
  );
  return faults.map(({ uri }) => enclosingOf(uri));
}
