import type { ConfigEntry, ConfigValue, KeyPath } from '../../../hocon/values/config-value';
import type { CantonNode, KmsMode } from '../../../model/facts/nodes';
import { MASKED, withoutCredentials } from '../../../model/facts/secrets';
import { hoconQuoted } from '../../../text/encoders/hocon';

/** The effective crypto section of a node. */
export interface EffectiveNode {
  readonly id: string;
  readonly mode: KmsMode;
  readonly kmsType: string | undefined;
  readonly settings: readonly EffectiveSetting[];
}

/** One value and where it comes from; secrets are masked. */
export interface EffectiveSetting {
  /** `crypto.kms.region` */
  readonly path: string;
  readonly value: string;
  readonly uri: string;
  readonly offset: number;
}

/** A section has a few dozen keys, but substitutions could multiply them to millions. */
const MAX_SETTINGS = 1000;

export function effectiveNodes(nodes: readonly CantonNode[], isSecret: (path: KeyPath) => boolean): EffectiveNode[] {
  return nodes.map((node) => {
    const crypto = node.value.entries.get('crypto');
    const settings =
      crypto === undefined ? [] : settingsOf(crypto, [...node.path, 'crypto'], node.path.length, isSecret);
    return { id: node.id, mode: node.mode, kmsType: node.kmsType, settings };
  });
}

function settingsOf(
  root: ConfigEntry,
  rootPath: KeyPath,
  cut: number,
  isSecret: (path: KeyPath) => boolean,
): EffectiveSetting[] {
  const settings: EffectiveSetting[] = [];
  const stack: { path: KeyPath; entry: ConfigEntry }[] = [{ path: rootPath, entry: root }];
  for (let next = stack.pop(); next !== undefined && settings.length < MAX_SETTINGS; next = stack.pop()) {
    const { path, entry } = next;
    const { value } = entry;
    if (value.kind === 'object' && value.entries.size > 0) {
      for (const [name, inner] of [...value.entries].reverse()) {
        stack.push({ path: [...path, name], entry: inner });
      }
      continue;
    }
    const winner = entry.definitions.at(-1);
    settings.push({
      path: path.slice(cut).join('.'),
      value: shownValue(value, isSecret(path)),
      uri: winner?.uri ?? value.origin.uri,
      offset: winner?.key.start ?? value.origin.range.start,
    });
  }
  return settings;
}

/** The value as {@link textOf} writes it, or a mask in place of a secret. */
export function shownValue(value: ConfigValue, secret: boolean): string {
  return secret ? MASKED : textOf(value);
}

/** A value on one line, as it would be written. */
export function textOf(value: ConfigValue): string {
  switch (value.kind) {
    case 'string':
      return hoconQuoted(withoutCredentials(value.value));
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    case 'list':
      return `[${value.elements.map((element) => (element.kind === 'object' || element.kind === 'list' ? '…' : textOf(element))).join(', ')}]`;
    case 'object':
      return value.unknowns.length > 0 ? '{ … }' : '{}';
    case 'unknown':
      return value.reason.cause === 'environment'
        ? `(from the environment variable ${value.reason.subject})`
        : '(unknown)';
  }
}
