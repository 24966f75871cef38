import { isKmsType } from '../../../../schemas/kms-types';
import type { FieldNode, ObjectNode, SyntaxTree, ValueNode } from '../../hocon/syntax/syntax';
import { NODE_SECTIONS } from './nodes';

/** Sections that only a Canton configuration has directly under `canton`, by the name that the file gives. */
const CANTON_KEYS = new Set<string>([
  ...NODE_SECTIONS,
  'remote-participants',
  'remote-sequencers',
  'remote-mediators',
  'remote-domains',
  'parameters',
  'features',
  'monitoring',
]);

/** Keys that together make a crypto section; each alone could belong to anybody. */
const CRYPTO_KEYS = new Set(['kms', 'private-key-store', 'session-signing-keys', 'signing', 'encryption', 'provider']);

/**
 * Whether a document belongs to Canton: it has a root key `canton`, or a fragment (at any depth) that looks like a
 * crypto section. `.conf` belongs to many programs, so doubt means no.
 */
export function isCantonDocument(tree: SyntaxTree): boolean {
  if (tree.root.value.kind !== 'object') return false;
  const root = tree.root.value;
  return hasCantonRoot(root) || holdsCrypto(root);
}

function hasCantonRoot(root: ObjectNode): boolean {
  return root.entries.some((entry) => {
    if (entry.kind !== 'field' || entry.path.elements[0]?.name !== 'canton') return false;
    const next = entry.path.elements[1]?.name;
    if (next !== undefined) return CANTON_KEYS.has(next) && entry.value !== undefined;
    return objectsIn(entry.value).length > 0;
  });
}

/** Walks without recursion: hostile nesting must not overflow the stack. */
function holdsCrypto(root: ObjectNode): boolean {
  const pending: ObjectNode[] = [root];
  for (let object = pending.pop(); object !== undefined; object = pending.pop()) {
    const seen = new Set<string>();
    for (const entry of object.entries) {
      if (entry.kind !== 'field') continue;
      if (isKms(entry) || isWrapperKey(entry)) return true;
      const own = entry.path.elements[0]?.name ?? '';
      if (CRYPTO_KEYS.has(own)) seen.add(own);
      pending.push(...objectsIn(entry.value));
    }
    if (seen.size >= 3 && (seen.has('kms') || seen.has('private-key-store'))) return true;
  }
  return false;
}

/** `kms { type = aws, … }`, `….kms.type = gcp`. */
function isKms(field: FieldNode): boolean {
  const names = field.path.elements.map((element) => element.name);
  const last = names[names.length - 1];
  if (last === 'type' && names[names.length - 2] === 'kms') return namesKmsType(field.value);
  if (last !== 'kms') return false;
  return objectsIn(field.value).some((object) =>
    object.entries.some(
      (entry) =>
        entry.kind === 'field' &&
        entry.path.elements.length === 1 &&
        entry.path.elements[0]?.name === 'type' &&
        namesKmsType(entry.value),
    ),
  );
}

function namesKmsType(value: ValueNode | undefined): boolean {
  return value?.kind === 'scalar' && isKmsType(value.value);
}

/** A key that nobody else has. */
function isWrapperKey(field: FieldNode): boolean {
  const names = field.path.elements.map((element) => element.name);
  return names[names.length - 1] === 'wrapper-key-id' || names.includes('private-key-store');
}

function objectsIn(value: ValueNode | undefined): readonly ObjectNode[] {
  if (value?.kind === 'object') return [value];
  if (value?.kind === 'concatenation') return value.parts.filter((part) => part.kind === 'object');
  return [];
}
