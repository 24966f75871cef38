import type { ConfigObject } from '../../hocon/values/config-value';
import type { Diagnostic } from '../../model/diagnostic';
import type { CantonNode } from '../../model/facts/nodes';

/** What a node uses a KMS for, which one, where, and how many problems it has, on one line. */
export function nodeTitle(node: CantonNode, problems: number): string {
  const kms = node.crypto?.entries.get('kms')?.value;
  const parts = [modeOf(node), ...(node.mode === 'none' ? [] : [node.kmsType, placeOf(kms)])];
  if (problems > 0) parts.push(problems === 1 ? '1 problem' : `${problems} problems`);
  return parts.filter((part) => part !== undefined).join(' · ');
}

function modeOf({ mode, value, crypto }: CantonNode): string {
  if (mode === 'external') return 'Keys in the KMS';
  if (mode === 'envelope') return 'Keys encrypted by the KMS';
  const isOpen =
    value.unknowns.length > 0 ||
    value.entries.get('crypto')?.value.kind === 'unknown' ||
    (crypto !== undefined && hasUnknown(crypto));
  return isOpen ? 'Use of a KMS not known here' : 'No KMS in use';
}

function hasUnknown({ unknowns, entries }: ConfigObject): boolean {
  return unknowns.length > 0 || [...entries.values()].some(({ value }) => value.kind === 'unknown');
}

/** AWS has regions, Google Cloud has locations. */
function placeOf(kms: { readonly kind: string } | undefined): string | undefined {
  if (kms?.kind !== 'object') return undefined;
  const { entries } = kms as ConfigObject;
  const place = (entries.get('region') ?? entries.get('location-id'))?.value;
  return place?.kind === 'string' ? place.value : undefined;
}

/** Errors and warnings anywhere in a node's configuration, whichever file they stand in; by the id of the node. */
export function problemCounts(
  nodes: readonly CantonNode[],
  diagnostics: readonly Diagnostic[],
): ReadonlyMap<string, number> {
  const ids = new Map(nodes.map(({ id, path }) => [path.join('.'), id]));
  const counts = new Map<string, number>();
  for (const { severity, configPath } of diagnostics) {
    if (severity !== 'error' && severity !== 'warning') continue;
    // Node names have no dots.
    const id = ids.get(configPath?.split('.').slice(0, 3).join('.') ?? '');
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
