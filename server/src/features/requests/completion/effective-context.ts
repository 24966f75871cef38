import { isKmsType } from '../../../../../schemas/kms-types';
import { placeOf, type SyntaxNode } from '../../../hocon/syntax/syntax';
import { type ConfigObject, type ConfigValue, entryAt, type KeyPath } from '../../../hocon/values/config-value';
import type { DocumentView, Schema } from '../../shared/document-view';
import { nested } from './items';

/** Nodes of every kind have the same crypto section. */
const CRYPTO = ['canton', 'participants', 'NODE', 'crypto'];

/** The names that shared sections usually have. */
const NAMES: readonly (readonly [name: RegExp, section: KeyPath])[] = [
  [/(?:^|[-_])kms(?:$|[-_])/i, [...CRYPTO, 'kms']],
  [/(?:^|[-_])crypto(?:$|[-_])/i, CRYPTO],
  [/^private-key-store$/, [...CRYPTO, 'private-key-store']],
];

/**
 * Guesses from its name or keys the section that shared configuration is meant for, as long as nothing refers to it.
 * Shared configuration is written before it is used.
 */
function inferredContext(view: DocumentView, written: KeyPath): EffectiveContext | undefined {
  const { version, model, driverSchemas } = view;
  for (let length = 0; length <= written.length; length++) {
    const value = valueAt(view, written.slice(0, length));
    const section = byName(written[length - 1]) ?? byContent(value);
    if (section === undefined) continue;
    const config = nested(section, value ?? EMPTY) as ConfigObject;
    return { path: [...section, ...written.slice(length)], schema: { config, version, model, driverSchemas } };
  }
  return undefined;
}

const EMPTY: ConfigObject = {
  kind: 'object',
  entries: new Map(),
  unknowns: [],
  origin: { uri: '', range: { start: 0, end: 0 } },
};

function valueAt({ config, effectivePaths, tree }: DocumentView, written: KeyPath): ConfigValue | undefined {
  const [prefix = []] = effectivePaths.prefixesOf(tree.uri);
  const path = [...prefix, ...written];
  return path.length === 0 ? config : entryAt(config, path)?.value;
}

function byName(name: string | undefined): KeyPath | undefined {
  return NAMES.find(([pattern]) => pattern.test(name ?? ''))?.[1];
}

function byContent(value: ConfigValue | undefined): KeyPath | undefined {
  if (value?.kind !== 'object') return undefined;
  if (value.entries.has('canton')) return undefined;
  const type = value.entries.get('type')?.value;
  if (type?.kind === 'string' && isKmsType(type.value)) return [...CRYPTO, 'kms'];
  return value.entries.has('kms') || value.entries.has('private-key-store') ? CRYPTO : undefined;
}

/** An effective path of the text that is being written. */
export interface EffectiveContext {
  /** The full path, which begins with `canton`. */
  readonly path: KeyPath;
  /** The schema of the keys; its configuration decides between alternatives. */
  readonly schema: Schema;
}

/** The path from the root of the file, as it is written. */
export function writtenPath(container: SyntaxNode, inner: KeyPath): KeyPath {
  return [...placeOf(container), ...inner];
}

/** The effective paths of a path of the document, or the likely path if nothing refers to it yet. */
export function effectiveContexts(view: DocumentView, written: KeyPath): readonly EffectiveContext[] {
  const { config, version, model, driverSchemas } = view;
  const found = view.effectivePaths.of(view.tree.uri, written);
  const contexts = found.map((path) => ({ path, schema: { config, version, model, driverSchemas } }));
  const inferred = found.every((path) => path.length === 0) ? inferredContext(view, written) : undefined;
  return inferred === undefined ? contexts : [...contexts, inferred];
}
