import { isKmsType } from '../../../../schemas/kms-types';
import { SPLICE_SECTIONS } from '../../../../schemas/splice';
import {
  type EntryNode,
  type FieldNode,
  type ObjectNode,
  objectsIn,
  type SyntaxTree,
  type ValueNode,
} from '../../hocon/syntax/syntax';
import { isMisspelled } from '../../text/nearest';
import { NODE_SECTIONS } from './nodes';

/** Sections that only a Canton configuration has directly under `canton`, by the name that the file gives. */
const CANTON_KEYS = new Set<string>([
  ...NODE_SECTIONS,
  ...SPLICE_SECTIONS,
  'remote-participants',
  'remote-sequencers',
  'remote-mediators',
  'remote-domains',
  'parameters',
  'features',
  'monitoring',
]);

/** Keys that together identify a crypto section; each alone could belong to other software. */
const CRYPTO_KEYS = new Set(['kms', 'private-key-store', 'session-signing-keys', 'signing', 'encryption', 'provider']);

/**
 * True for a document that belongs to Canton: it has a root key `canton`, or a fragment (at any depth) that looks like a
 * crypto section. `.conf` belongs to many programs, so doubt means no.
 */
export function isCantonDocument(tree: SyntaxTree): boolean {
  if (tree.root.value.kind !== 'object') return false;
  const root = tree.root.value;
  return hasCantonRoot(root) || holdsCrypto(root) || isMixin(root) || isStorage(root);
}

/** True if a root key is `canton`, whatever its value, which is enough for a file that was named explicitly. */
export function hasCantonKey({ root: { value } }: SyntaxTree): boolean {
  return value.kind === 'object' && value.entries.some((entry) => firstName(entry) === 'canton');
}

/**
 * The same for a text inside another document without a telling name: a script with commands around its configuration
 * does not qualify, but sections of `canton` or of a node by themselves do, as manuals show them.
 */
export function isCantonText(tree: SyntaxTree): boolean {
  const { value } = tree.root;
  if (value.kind !== 'object' || value.entries.some(isCommand) || !value.entries.some(hasValue)) return false;
  return isCantonDocument(tree) || isExcerpt(tree, value);
}

/** Unless the text has faults, which is then part of something else, or an application connects with it. */
function isExcerpt({ problems }: SyntaxTree, root: ObjectNode): boolean {
  if (problems.length > 0 || !(isNodes(root) || hasApis(root) || isTracing(root))) return false;
  // Canton's own key is `address`.
  const isHost = (path: readonly string[]) => {
    const [section = '', key] = path.slice(-2);
    return key === 'host' && API_SECTION.test(section);
  };
  return !root.entries.some((entry) => settingsBelow(entry, 4).some(({ path }) => isHost(path)));
}

/**
 * `mkdir -p /tmp/c`, `dpm sandbox`: keys at the root of a configuration contain no blanks, and a blank is followed only
 * by a brace.
 */
function isCommand(entry: EntryNode): boolean {
  if (entry.kind !== 'field') return false;
  const isWithoutSeparator =
    entry.separator === undefined && entry.value !== undefined && entry.value.kind !== 'object';
  return /^\S+\s/.test(firstName(entry)) || (isWithoutSeparator && entry.path.elements.length === 1);
}

/** A list of paths names keys, and sets none. */
function hasValue(entry: EntryNode): boolean {
  return entry.kind === 'field' && entry.value !== undefined;
}

/** Sections that distinguish a Canton configuration from any other, whatever the name of its root key. */
const OWN_SECTIONS = new Set<string>(
  [...CANTON_KEYS].filter((key) => !/^(?:parameters|features|monitoring)$/.test(key)),
);

/** True for a root key that is similar to `canton`, with a section below it that only Canton has. */
export function meantAsCanton(name: string, sections: Iterable<string>): boolean {
  if (name === 'canton' || !isMisspelled(name, ['canton'])) return false;
  const found = [...new Set(sections)];
  return found.some((section) => OWN_SECTIONS.has(section)) || found.filter((one) => CANTON_KEYS.has(one)).length > 1;
}

function hasCantonRoot(root: ObjectNode): boolean {
  return root.entries.some((entry) => {
    if (entry.kind !== 'field') return false;
    const [first, next] = entry.path.elements;
    if (first?.name !== 'canton') return first !== undefined && meantAsCanton(first.name, sectionsOf(entry));
    if (next === undefined) {
      const objects = objectsIn(entry.value);
      return objects.length > 0 && !isOfApplication(objects.flatMap(({ entries }) => entries));
    }
    if (entry.value !== undefined || next.name === '')
      return next.name === '' || CANTON_KEYS.has(next.name) || isMisspelled(next.name, OWN_SECTIONS);
    // It is still being typed.
    return [...CANTON_KEYS].some((key) => key.startsWith(next.name));
  });
}

/** True for settings that an application has for its connection to Canton: `canton { host = localhost, port = 5011 }`. */
function isOfApplication(entries: readonly EntryNode[]): boolean {
  return entries.length > 0 && !entries.some(mayBeCantons);
}

function mayBeCantons(entry: EntryNode): boolean {
  // A key without a value is still being typed, and any other sign stands for something that is not known.
  if (entry.kind !== 'field' || entry.value === undefined || !/^[\w.-]+$/.test(firstName(entry))) return true;
  const { kind } = entry.value;
  if ((kind === 'scalar' || kind === 'array') && entry.path.elements.length === 1) return false;
  const name = firstName(entry);
  if (API_SECTION.test(name) || NODE_SECTION.test(name) || isMisspelled(name, CANTON_KEYS)) return true;
  return settingsBelow(entry, 3).some(
    ({ path: [, second = '', third = ''] }) => API_SECTION.test(second) || API_SECTION.test(third),
  );
}

/** The first name of a key; empty for an include, and while a key has none yet. */
function firstName(entry: EntryNode): string {
  if (entry.kind !== 'field') return '';
  const [{ name } = { name: '' }] = entry.path.elements;
  return name;
}

/** The names directly below a root key. */
function sectionsOf({ path, value }: FieldNode): readonly string[] {
  const next = path.elements[1];
  if (next !== undefined) return [next.name];
  return objectsIn(value).flatMap(({ entries }) => entries.map(firstName));
}

/** Sections that only Canton nodes have. */
const API_SECTION = /^(?:admin|ledger|public)-api$/;
/** Other sections of nodes, which people also write one level too high, and one that they expect. */
const NODE_SECTION = /^(?:storage|crypto|kms|init|synchronizers)$/;
/** `StorageConfig.scala`, all lines. */
const STORAGE_TYPE = /^(?:postgres|h2|memory)$/;

/**
 * `_shared { storage { type = postgres } }`: root keys that are used only in substitutions, with a section of a node
 * below.
 */
function isMixin({ entries }: ObjectNode): boolean {
  if (!entries.every((entry) => firstName(entry).startsWith('_'))) return false;
  return entries.some((entry) =>
    settingsBelow(entry, 4).some(
      ({ path: [, section, key, inner], value }) => isOfNode(section, key, value) || isConnection(section, key, inner),
    ),
  );
}

/** True for a setting in a section that only a node has, or the type of its storage. */
function isOfNode(section = '', key: string | undefined, value: ValueNode | undefined): boolean {
  const isType = section === 'storage' && key === 'type' && value?.kind === 'scalar' && STORAGE_TYPE.test(value.value);
  return API_SECTION.test(section) || isType;
}

/** `participants { p1 { admin-api.port = 5012 } }`: sections of `canton` without it, as examples in manuals have them. */
function isNodes({ entries }: ObjectNode): boolean {
  const nodes = entries.filter((entry) => NODE_SECTIONS.some((section) => section === firstName(entry)));
  return nodes.some((entry) =>
    settingsBelow(entry, 4).some(
      ({ path: [, , section, key], value }) => section === 'sequencer-client' || isOfNode(section, key, value),
    ),
  );
}

/** `monitoring.tracing.tracer.exporter { type = otlp }`, as manuals show it. */
function isTracing({ entries }: ObjectNode): boolean {
  return entries.some((entry) =>
    settingsBelow(entry, 3).some(
      ({ path: [first, second, third] }) => first === 'monitoring' && second === 'tracing' && third === 'tracer',
    ),
  );
}

/** Two sections of a node for its connections, of which one has a name that only Canton uses. */
function hasApis({ entries }: ObjectNode): boolean {
  const sections = entries
    .filter((entry) => entry.kind === 'field' && objectsIn(entry.value).length > 0)
    .map(firstName);
  const own = new Set(sections.filter((name) => /^(?:ledger-api|sequencer-client)$/.test(name)));
  return own.size > 0 && new Set(sections.filter((name) => API_SECTION.test(name) || own.has(name))).size > 1;
}

/** The root keys that by their names are only there for substitutions. */
export function mixinNames({ root: { value } }: SyntaxTree): readonly string[] {
  if (value.kind !== 'object') return [];
  return [...new Set(value.entries.map(firstName))].filter((name) => name.startsWith('_'));
}

function isNearly(name: string, key: string): boolean {
  return name === key || isMisspelled(name, [key]);
}

/** Keys of a database connection as Slick reads them. */
const CONNECTION = /^(?:dataSourceClass|dataSourceClassName|properties)$/;

function isConnection(section = '', key: string | undefined, inner = ''): boolean {
  return section === 'storage' && key === 'config' && CONNECTION.test(inner);
}

/** `storage { type = postgres, config { dataSourceClass = … } }`: the storage of a node as a fragment. */
function isStorage({ entries }: ObjectNode): boolean {
  const settings = entries
    .filter((entry) => isNearly(firstName(entry), 'storage'))
    .flatMap((entry) => settingsBelow(entry, 3));
  const hasType = settings.some(
    ({ path: [, key], value }) => key === 'type' && (value?.kind === 'scalar' || value?.kind === 'array'),
  );
  return hasType && settings.some(({ path: [, key, inner = ''] }) => key === 'config' && CONNECTION.test(inner));
}

/** A field and those below it, as many names deep, with their whole paths. */
function settingsBelow(
  field: EntryNode,
  depth: number,
): readonly { readonly path: readonly string[]; readonly value: ValueNode | undefined }[] {
  if (field.kind !== 'field') return [];
  const path = field.path.elements.map(({ name }) => name);
  const inner = path.length >= depth ? [] : objectsIn(field.value).flatMap(({ entries }) => entries);
  const below = inner.flatMap((entry) => settingsBelow(entry, depth - path.length));
  return [{ path, value: field.value }, ...below.map((one) => ({ ...one, path: [...path, ...one.path] }))];
}

/** Root keys of programs that may have their own `kms`. */
const OTHER_PROGRAMS =
  /^(?:akka|pekko|play|slick|spark|kamon|lagom|http4s|ktor|micronaut|gatling|flink|quill|scalikejdbc|db)$/;
/** The places of a `kms` section: the root of a fragment, a mixin (`_shared`), or a `crypto` section. */
const AROUND_KMS = /^(?:_.*|crypto)$/;

/** Walks without recursion: hostile nesting must not overflow the stack. */
function holdsCrypto(root: ObjectNode): boolean {
  if (root.entries.some((entry) => OTHER_PROGRAMS.test(firstName(entry)))) return false;
  const pending: { readonly object: ObjectNode; readonly isAround: boolean }[] = [{ object: root, isAround: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { object, isAround } = next;
    const seen = new Set<string>();
    for (const entry of object.entries) {
      if (entry.kind !== 'field') continue;
      const names = entry.path.elements.map(({ name }) => name);
      const mayBe = isAround || names.some((name) => AROUND_KMS.test(name));
      const isOwnKms = object === root && names[0] === 'kms' && isKms(entry, false);
      if (isOwnKms || (mayBe && isKms(entry, true)) || isWrapperKey(entry)) return true;
      const [own = ''] = names;
      if (CRYPTO_KEYS.has(own)) seen.add(own);
      for (const inner of objectsIn(entry.value)) pending.push({ object: inner, isAround: mayBe });
    }
    if (seen.size >= 3 && (seen.has('kms') || seen.has('private-key-store'))) return true;
  }
  return false;
}

/**
 * `kms { type = aws, … }`, `….kms.type = gcp`.
 * @param mayBeUnknown whether a type from a variable or a template counts
 */
function isKms(field: FieldNode, mayBeUnknown: boolean): boolean {
  const namesKmsType = (value: ValueNode | undefined) =>
    (mayBeUnknown && value?.kind === 'substitution') || (value?.kind === 'scalar' && isKmsType(value.value));
  const names = field.path.elements.map((element) => element.name);
  const last = names[names.length - 1];
  if (last === 'type' && names[names.length - 2] === 'kms') return namesKmsType(field.value);
  if (last !== 'kms') return false;
  return objectsIn(field.value).some((object) =>
    object.entries.some(
      (entry) =>
        entry.kind === 'field' &&
        entry.path.elements.length === 1 &&
        firstName(entry) === 'type' &&
        namesKmsType(entry.value),
    ),
  );
}

/** A key with a unique name. */
function isWrapperKey(field: FieldNode): boolean {
  const names = field.path.elements.map((element) => element.name);
  return names[names.length - 1] === 'wrapper-key-id' || names.includes('private-key-store');
}
