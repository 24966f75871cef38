import type { CantonVersion } from '../../../schemas/version';
import { changedDefaults } from '../comparison/defaults';
import { changedProcedures } from '../comparison/procedures';
import { upgradeMarkdown, upgradeText } from '../comparison/render-upgrade';
import type { NodeProcedures, Upgrade, UpgradeChange } from '../comparison/upgrade';
import type { Diagnostic, Fix, TextChange } from '../model/diagnostic';
import { NODE_SECTIONS } from '../model/facts/nodes';
import type { PlannedEdit } from '../operations/plan';
import { hoconPath } from '../text/encoders/hocon';
import { LineIndex } from '../text/line-index';
import { fileName } from '../text/location';
import { enclosingOf } from '../workspace/regions';
import type { Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';
import { enclosingAt, enclosingTexts, planRequest } from './planning';

type Texts = ReadonlyMap<string, string>;

/** What another version makes of launch sets, and how it reads. */
export interface UpgradeReport {
  readonly upgrades: readonly Upgrade[];
  readonly text: string;
  readonly markdown: string;
  /** All edits, each once. */
  readonly edits: readonly PlannedEdit[];
}

/** Compares a launch set with itself under another version. */
export function comparing(workspace: Workspace) {
  return {
    /**
     * What another version makes of a configuration: of the launch sets of a single file where they are declared or inside
     * it, else of the files as one launch set, in order.
     * @param nameOf how files are named
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
  };

  /** A single file is in the sets that are declared with it, or whose HOCON it encloses; else it is a whole set. */
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
    node: nodeOf(diagnostic.path),
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

/** Without problems of the text itself, which no version has more of, and without a change of severity alone. */
function othersOf({ diagnostics }: Snapshot): Diagnostic[] {
  return diagnostics.filter(({ severity, code }) => severity !== 'error' && !code.startsWith('hocon/'));
}

/** Messages name versions, so that a problem is the same one by its rule, place and key. */
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

/** The fix that needs no look, or how the present version moves a key that the other one refuses. */
function editsFor(diagnostic: Diagnostic, before: Snapshot, after: Snapshot, texts: Texts): readonly PlannedEdit[] {
  const isPlain = ({ preferred, draft }: Fix) => preferred === true && draft !== true;
  const moves = before.diagnostics.filter(
    ({ code, configPath }) => code.startsWith('deprecated/') && configPath === diagnostic.configPath,
  );
  const fix = [diagnostic, ...moves].flatMap(({ fixes = [] }) => fixes).find(isPlain);
  const edits = (fix?.edits ?? []).map((change) => placed(change, after, texts));
  return edits.some((one) => one === undefined) ? [] : edits.filter((one) => one !== undefined);
}

/** A change of HOCON as one of the file that has it. */
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

/** `participants.p1`; undefined for a path that leads into no node. */
function nodeOf(path: readonly string[] | undefined): string | undefined {
  const [root, kind, name] = path ?? [];
  const isNode = root === 'canton' && NODE_SECTIONS.some((section) => section === kind) && name !== undefined;
  return isNode ? `${kind}.${name}` : undefined;
}

function defaultsBetween(before: Snapshot, after: Snapshot): readonly UpgradeChange[] {
  const [old, fresh] = [before.context.view.root, after.context.view.root];
  if (old === undefined || fresh === undefined) return [];
  const found = changedDefaults({ root: old, model: before.model }, { root: fresh, model: after.model });
  return found.map(({ path, before: was, after: is, source }) => {
    const node = nodeOf(path);
    const key = hoconPath(path.slice(node === undefined ? 1 : 3));
    return {
      kind: 'default',
      node,
      configPath: hoconPath(path),
      message: `'${key}' is not set, and its default changes from ${was} to ${is} (${source}).`,
      code: undefined,
      place: undefined,
      edits: [],
    };
  });
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
