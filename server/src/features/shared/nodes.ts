import { KMS_TYPE_NAMES, kmsTypeFacts } from '../../../../schemas/kms-types';
import type { ConfigObject, Definition } from '../../hocon/values/config-value';
import type { Diagnostic } from '../../model/diagnostic';
import { type CantonNode, type KmsMode, MODE_NAMES, type NodeSection, objectAt } from '../../model/facts/nodes';
import { counted } from '../../text/counted';
import { type Lines, type Range, rangeOf } from '../../text/positions';

/** A node for lists and pickers, and where it is defined. */
export interface NodeSummary {
  readonly id: string;
  readonly kind: NodeSection;
  readonly name: string;
  readonly mode: KmsMode;
  readonly kmsType: string | undefined;
  readonly uri: string;
  readonly range: Range;
}

/**
 * The nodes of a launch set, each at the place where a reader looks for it: its longest definition in the current
 * document (the first one of equal length), otherwise its last definition.
 */
export function nodeSummaries(
  nodes: readonly CantonNode[],
  uri: string,
  linesOf: (uri: string) => Lines | undefined,
): NodeSummary[] {
  return nodes.flatMap(({ id, kind, name, mode, kmsType, definitions }) => {
    const place =
      longest(
        definitions.filter((one) => one.uri === uri),
        linesOf(uri),
      ) ?? definitions.at(-1);
    const lines = place && linesOf(place.uri);
    if (place === undefined || lines === undefined) return [];
    return [{ id, kind, name, mode, kmsType, uri: place.uri, range: rangeOf(lines, place.key) }];
  });
}

function longest(definitions: readonly Definition[], lines: Lines | undefined): Definition | undefined {
  if (lines === undefined) return definitions[0];
  const height = ({ value: { start, end } }: Definition) => lines.positionAt(end).line - lines.positionAt(start).line;
  const heights = definitions.map(height);
  return definitions[heights.indexOf(Math.max(...heights))];
}

/** The details of a node in a list, besides its mode and KMS type. */
export interface NodeDetails {
  /** The region, the location with key ring, or the name of the driver; undefined if unknown. */
  readonly kmsInstance?: string | undefined;
  /** The wrapper key that the configuration names. */
  readonly wrapperKey?: string | undefined;
  /** The numbers of diagnostics in the node's configuration, in all files. */
  readonly problems: { readonly errors: number; readonly warnings: number };
}

export function nodeDetails(node: CantonNode, diagnostics: readonly Diagnostic[]): NodeDetails {
  const { crypto, mode, path } = node;
  const kms = objectAt(crypto, 'kms');
  const encryption = objectAt(objectAt(crypto, 'private-key-store'), 'encryption');
  const isOwn = ({ configPath = '' }: Diagnostic) => {
    const prefix = path.join('.');
    return configPath === prefix || configPath.startsWith(`${prefix}.`);
  };
  return {
    kmsInstance: mode === 'none' ? undefined : kmsInstance(kms),
    wrapperKey: mode === 'envelope' ? textIn(encryption, 'wrapper-key-id') : undefined,
    problems: problemsIn(diagnostics.filter(isOwn)),
  };
}

export function problemsIn(diagnostics: readonly Diagnostic[]): NodeDetails['problems'] {
  const count = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

const LOCATION_KEYS = KMS_TYPE_NAMES.flatMap((type) => kmsTypeFacts(type).locationKey ?? []);
const NAME_KEYS = KMS_TYPE_NAMES.flatMap((type) => kmsTypeFacts(type).nameKeys);

function kmsInstance(kms: ConfigObject | undefined): string | undefined {
  const parts = [...LOCATION_KEYS, ...NAME_KEYS].map((key) => textIn(kms, key));
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.join('/');
}

function textIn(object: ConfigObject | undefined, key: string): string | undefined {
  const value = object?.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}

/** The mode of a node, its KMS type and region, and the number of its problems, as one line. */
export function nodeTitle(node: CantonNode, problems: number): string {
  const kms = objectAt(node.crypto, 'kms');
  const parts = [modeOf(node), ...(node.mode === 'none' ? [] : [node.kmsType, kmsRegion(kms)])];
  if (problems > 0) parts.push(counted(problems, 'problem'));
  return parts.filter((part) => part !== undefined).join(' · ');
}

function modeOf({ mode, value, crypto }: CantonNode): string {
  if (mode !== 'none') return capitalized(MODE_NAMES[mode]);
  const isOpen =
    value.unknowns.length > 0 ||
    value.entries.get('crypto')?.value.kind === 'unknown' ||
    (crypto !== undefined && hasUnknown(crypto));
  return isOpen ? 'Mode unknown' : capitalized(MODE_NAMES.none);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function hasUnknown({ unknowns, entries }: ConfigObject): boolean {
  return unknowns.length > 0 || [...entries.values()].some(({ value }) => value.kind === 'unknown');
}

function kmsRegion(kms: ConfigObject | undefined): string | undefined {
  return LOCATION_KEYS.map((key) => textIn(kms, key)).find((location) => location !== undefined);
}

/** The number of errors and warnings in the configuration of each node, in all files, by the ID of the node. */
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
