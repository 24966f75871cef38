import { fieldModelOf } from '../../../../schemas/compile';
import type { ObjectModel } from '../../../../schemas/model';
import { SPLICE_SECTIONS } from '../../../../schemas/splice';
import { type CantonVersion, compareVersions, type Edition } from '../../../../schemas/version';
import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';
import { type Bound, booleanAt, boundAt, type Unknown } from '../binding/bound';
import { CoverageLog } from '../binding/coverage';
import { aliasedCrypto } from '../binding/crypto-alias';
import { type DoubtfulValue, type Failure, isWrongValue, type MissingKey, type UnknownKey } from '../binding/failure';
import { Reader } from '../binding/read';
import type { OldKey } from '../binding/relocate';
import { isNearlyKnown } from '../binding/suspects';
import { kmsMode, kmsType } from './node-facts';
import {
  type CantonNode,
  findNodes,
  type KmsMode,
  NODE_SECTIONS,
  type NodeSection,
  objectAt,
  type WrittenNode,
} from './nodes';

/** A launch set as Canton of one version and edition reads it. */
export interface CantonView {
  /** The object at `canton`; undefined if there is none. */
  readonly root: Bound | undefined;
  /** Everything that Canton refuses to read. */
  readonly failures: readonly Failure[];
  /** Unknown keys that Canton ignores: always in some sections, and elsewhere if the configuration says so. */
  readonly dropped: readonly UnknownKey[];
  /** Unknown keys of sections that may have undescribed keys, which are probably mistakes. */
  readonly suspects: readonly UnknownKey[];
  readonly doubtful: readonly DoubtfulValue[];
  readonly oldKeys: readonly OldKey[];
  readonly nodes: readonly NodeView[];
  /** `canton.parameters.non-standard-config` */
  readonly nonStandard: boolean | Unknown;
  /**
   * True if no local node has an Admin API (or no remote one, if there are only remote nodes), and the launch set is
   * not declared. Every real node has an Admin API, so this is a part of a launch set, and absent keys may be in
   * another file.
   */
  readonly isFragment: boolean;
  /** The values that were read. */
  readonly coverage: CoverageLog | undefined;
}

/** A node of a configuration that was read in full. */
export interface NodeView extends CantonNode {
  /** The kind as Canton's messages name it: `participant`. */
  readonly label: string;
  /** True if nothing in this node was refused, so that Canton validates it. */
  readonly isReadable: boolean;
  /**
   * Canton's validation keeps nodes by name: of two nodes with the same name, only that of the later kind is validated.
   */
  readonly isValidated: boolean;
}

/** `canton.participants.p1` */
const NODE_DEPTH = 3;

const NOTHING: CantonView = {
  root: undefined,
  failures: [],
  dropped: [],
  suspects: [],
  doubtful: [],
  oldKeys: [],
  nodes: [],
  nonStandard: false,
  isFragment: true,
  coverage: undefined,
};

/** True for a node that is known to have no failures, so that it is read only on demand. */
export type IsCleanNode = (kind: string, name: string) => boolean;

/** Reads the object at `canton` of an evaluated configuration. */
export function readCanton(
  config: ConfigObject,
  version: CantonVersion,
  edition: Edition,
  isWhole = false,
  isClean: IsCleanNode | undefined = undefined,
  model: ObjectModel = fieldModelOf(version, edition),
  isSplice = false,
): CantonView {
  const written = config.entries.get('canton');
  if (written === undefined) return NOTHING;
  const mayBeClean = isClean ?? (() => false);
  const read = (canton: ConfigEntry) => {
    // The values of a clean node are not read, so their coverage would be unknown.
    const coverage = isClean === undefined ? new CoverageLog() : undefined;
    const found = readAs(canton, config, version, model, mayBeClean, coverage);
    return { ...(isSplice || isSpliceApp(written) ? asSpliceReads(found) : found), coverage };
  };
  const first = read(written);
  const nonStandard = booleanAt(first.root, 'parameters', 'non-standard-config') ?? false;
  const drops = nonStandard === true && booleanAt(first.root, 'parameters', 'fail-on-unknown-config-keys') === false;
  const unknown = drops ? first.failures.filter((failure) => failure.kind === 'unknown-key') : [];
  const dropping = unknown.map(({ path }) => path.slice(1));
  const { root, failures, ignored, suspects, doubtful, oldKeys, coverage } =
    unknown.length === 0 ? first : read(without(written, dropping));
  const remaining = new Set(failures.map(({ path }) => path.join('\0')));
  const nodes = findNodes(config);
  const extent = { isWhole, isFragment: !isWhole && isFragment(nodes, written) };
  return {
    root,
    failures,
    dropped: [...unknown.filter(({ path }) => !remaining.has(path.join('\0'))), ...ignored],
    suspects,
    doubtful,
    oldKeys,
    nodes: viewsOf(
      nodes,
      root,
      failures.filter((failure) => !mayStandElsewhere(failure, extent)),
      mayBeClean,
    ),
    nonStandard,
    isFragment: extent.isFragment,
    coverage,
  };
}

/** A later file replaces a list as a whole, so it adds nothing to an element. */
export function isInList(path: readonly string[]): boolean {
  return path.slice(NODE_DEPTH).some((name) => /^\d+$/.test(name));
}

/**
 * True for a key that another file of the launch may set, so it may not be missing: in a part of a launch set, all keys
 * outside crypto sections; in every file, the connection of a database, which is usually in files with secrets; and a key
 * that a template may set.
 */
export function mayStandElsewhere(
  failure: Failure,
  { isWhole, isFragment }: { readonly isWhole: boolean; readonly isFragment: boolean },
): boolean {
  if (failure.kind !== 'missing-key') return false;
  const { field, path, unless } = failure;
  if (unless !== undefined) return true;
  if (isInList(path)) return false;
  if (!isWhole && field.name === 'config' && path.at(-2) === 'storage') return true;
  return isFragment && (field.name === 'type' || path[NODE_DEPTH] !== 'crypto');
}

/** If there are no local nodes, as for a console, the remote ones are used. */
function isFragment(nodes: readonly WrittenNode[], { value }: ConfigEntry): boolean {
  const objects = nodes.length > 0 || value.kind !== 'object' ? nodes.map((node) => node.value) : remoteNodes(value);
  return !objects.some(({ entries }) => entries.has('admin-api') || (nodes.length === 0 && entries.has('public-api')));
}

function remoteNodes({ entries }: ConfigObject): readonly ConfigObject[] {
  const sections = [...entries].flatMap(([key, { value }]) =>
    key.startsWith('remote-') && value.kind === 'object' ? [...value.entries.values()] : [],
  );
  return sections.flatMap(({ value }) => (value.kind === 'object' ? value : []));
}

/**
 * The local nodes, including those that this Canton version cannot read. Each is read on demand, and nothing is
 * reported.
 */
export function readNodes(config: ConfigObject, version: CantonVersion, edition: Edition): CantonNode[] {
  const written = config.entries.get('canton');
  if (written === undefined) return [];
  const { root } = readAs(written, config, version, fieldModelOf(version, edition), () => true);
  return findNodes(config).map((node) => nodeView(node, boundAt(root, node.kind, node.name) ?? unknownAt(node.path)));
}

function unknownAt(path: readonly string[]): Bound {
  return { path, field: undefined, entry: undefined, value: { kind: 'unknown' } };
}

/** The parts of a configuration that were read, value by value. */
export function readForCoverage(config: ConfigObject, version: CantonVersion, model: ObjectModel): CoverageLog {
  const log = new CoverageLog();
  const written = config.entries.get('canton');
  if (written !== undefined) readAs(written, config, version, model, () => false, log);
  return log;
}

/** One pass over nodes and failures: generated files contain thousands of both. */
function viewsOf(
  nodes: readonly WrittenNode[],
  root: Bound,
  failures: readonly Failure[],
  isClean: IsCleanNode,
): NodeView[] {
  const unreadable = new Set(failures.map(({ path }) => path.slice(0, NODE_DEPTH).join('\0')));
  const lastOfName = new Map(nodes.map((node) => [node.name, node]));
  return nodes.flatMap((node) => {
    const bound = boundAt(root, node.kind, node.name);
    // A clean node is not read only to find out that it exists.
    if (bound === undefined || !(isClean(node.kind, node.name) || boundAt(bound, 'crypto'))) return [];
    const isReadable = unreadable.size === 0 || !unreadable.has(node.path.join('\0'));
    const isValidated = lastOfName.get(node.name) === node;
    return Object.assign(nodeView(node, bound), { label: LABELS[node.kind], isReadable, isValidated });
  });
}

const SPLICE_PATHS = SPLICE_SECTIONS.map((name) => [name]);

/** A configuration of Splice applications alone: their binary has no nodes of Canton. */
function isSpliceApp({ value }: ConfigEntry): boolean {
  const has = (name: string) => value.kind === 'object' && value.entries.has(name);
  return SPLICE_SECTIONS.some(has) && !NODE_SECTIONS.some(has);
}

/**
 * Splice has its own edition of the sections that its applications share with Canton, with further keys. So a key that
 * Canton does not know is no error there, and counts only as a misspelling.
 */
function asSpliceReads<T extends Pick<CantonView, 'failures' | 'suspects'>>(found: T): T {
  const isShared = (failure: Failure): failure is UnknownKey =>
    failure.kind === 'unknown-key' && failure.path.length > 2 && !NODE_SECTIONS.some((one) => one === failure.path[1]);
  const failures = found.failures.filter((failure) => !isShared(failure));
  return {
    ...found,
    failures,
    suspects: [...found.suspects, ...found.failures.filter(isShared).filter(isNearlyKnown)],
  };
}

/** Canton cannot refuse sections that Splice applications read; these are read as the applications do. */
function readAs(
  written: ConfigEntry,
  { unknowns }: ConfigObject,
  version: CantonVersion,
  model: ObjectModel,
  isClean: IsCleanNode,
  coverage?: CoverageLog,
) {
  const own = without(written, SPLICE_PATHS);
  const canton = compareVersions(version, '3.5') >= 0 ? withAliases(own) : own;
  const reader = new Reader(
    ({ length, 1: kind, 2: name }) => length === NODE_DEPTH && isClean(kind as string, name as string),
    coverage,
  );
  const root = reader.root(model, canton, unknowns);
  const { failures, ignored, suspects, doubtful, oldKeys } = reader;
  const apps = spliceApps(written, unknowns, model);
  return {
    root,
    failures: [...failures, ...apps.failures],
    ignored,
    suspects: [...suspects, ...apps.suspects],
    doubtful: [...doubtful, ...apps.doubtful],
    oldKeys,
  };
}

/** What is probably wrong in the sections of Splice applications: their release is not known, so nothing is certain. */
function spliceApps(
  { value, definitions }: ConfigEntry,
  unknowns: ConfigObject['unknowns'],
  { apps }: ObjectModel,
): Pick<CantonView, 'failures' | 'suspects' | 'doubtful'> {
  const none = { failures: [], suspects: [], doubtful: [] };
  if (apps === undefined || value.kind !== 'object') return none;
  const entries = new Map([...value.entries].filter(([name]) => SPLICE_SECTIONS.includes(name)));
  if (entries.size === 0) return none;
  const reader = new Reader();
  reader.root(apps, { value: { ...value, entries }, definitions }, unknowns);
  const wrong = [
    ...reader.failures.filter(isWrongValue('wrong-type')),
    ...reader.failures.filter(isWrongValue('invalid-value')),
  ];
  return {
    failures: lackingInApps(reader.failures),
    suspects: reader.suspects,
    doubtful: [...reader.doubtful, ...wrong.map((failure) => ({ failure, because: undefined }))],
  };
}

/**
 * The values that sections of an application lack, where the application itself lacks nothing. One that does is a part, which
 * another file completes.
 */
function lackingInApps(failures: readonly Failure[]): readonly Failure[] {
  const missing = failures.filter((failure) => failure.kind === 'missing-key');
  const appOf = ({ path }: Failure) => path.slice(0, NODE_DEPTH).join('\0');
  const parts = new Set(missing.filter(({ path }) => path.length === NODE_DEPTH + 1).map(appOf));
  // The algorithm of `auth` decides which of its keys are required.
  const isChosen = ({ parent }: MissingKey) => parent.kind === 'object' && parent.fields.has('algorithm');
  return missing
    .filter((one) => !isChosen(one))
    .filter((one) => one.field.name !== 'type' && one.field.model.kind !== 'object' && !parts.has(appOf(one)))
    .map((one) => ({ ...one, unless: 'release' }));
}

/**
 * Canton removes unknown keys by the path that it reported; if the alias has moved them, the file has nothing at that
 * path.
 */
function without(entry: ConfigEntry, paths: readonly (readonly string[])[]): ConfigEntry {
  const { value } = entry;
  if (value.kind !== 'object' || !paths.some(([key = '']) => value.entries.has(key))) return entry;
  const below = new Map<string, string[][]>();
  for (const [key = '', ...rest] of paths) {
    const rests = below.get(key) ?? [];
    rests.push(rest);
    below.set(key, rests);
  }
  const entries = new Map(value.entries);
  for (const [key, rests] of below) {
    const inner = entries.get(key);
    if (inner === undefined) continue;
    if (rests.some((rest) => rest.length === 0)) entries.delete(key);
    else entries.set(key, without(inner, rests));
  }
  return withValue(entry, { ...value, entries });
}

/** The `crypto` section of every node as 3.5 and later read it. */
function withAliases(canton: ConfigEntry): ConfigEntry {
  if (canton.value.kind !== 'object') return canton;
  const root = canton.value;
  const entries = new Map(root.entries);
  for (const kind of NODE_SECTIONS) {
    const section = objectAt(root, kind);
    const entry = entries.get(kind);
    if (section === undefined || entry === undefined) continue;
    entries.set(kind, withValue(entry, { ...section, entries: mapEntries(section, withAliasedCrypto) }));
  }
  return withValue(canton, { ...root, entries });
}

function withAliasedCrypto(node: ConfigEntry): ConfigEntry {
  const crypto = node.value.kind === 'object' ? node.value.entries.get('crypto') : undefined;
  if (node.value.kind !== 'object' || crypto?.value.kind !== 'object') return node;
  const moved = aliasedCrypto(crypto.value);
  if (moved === crypto.value) return node;
  const entries = new Map(node.value.entries).set('crypto', withValue(crypto, moved));
  return withValue(node, { ...node.value, entries });
}

/** The entry with another value. Its definitions may be computed when they are requested, so it cannot be spread. */
function withValue({ definitions }: ConfigEntry, value: ConfigEntry['value']): ConfigEntry {
  return { definitions, value };
}

function mapEntries(
  object: ConfigObject,
  change: (entry: ConfigEntry) => ConfigEntry,
): ReadonlyMap<string, ConfigEntry> {
  return new Map([...object.entries].map(([name, entry]) => [name, change(entry)]));
}

const LABELS: Readonly<Record<NodeSection, string>> = {
  participants: 'participant',
  sequencers: 'sequencer',
  mediators: 'mediator',
  domains: 'domain',
  'domain-managers': 'domain manager',
};

/** Launch sets may have thousands of nodes, most of which are only counted, so each is read on demand. */
function nodeView(written: WrittenNode, bound: Bound): CantonNode {
  let mode: KmsMode | undefined;
  return {
    ...written,
    bound,
    get section() {
      return boundAt(bound, 'crypto') ?? unknownAt([...written.path, 'crypto']);
    },
    get mode() {
      mode ??= kmsMode(this.section);
      return mode;
    },
    get kmsType() {
      return kmsType(this.section);
    },
  };
}
