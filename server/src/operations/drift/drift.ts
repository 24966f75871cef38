import type { CantonVersion, Edition } from '../../../../schemas/version';
import type { ConfigObject } from '../../hocon/values/config-value';
import { parseArn } from '../../model/facts/key-id';
import { envelopeOf } from '../../model/facts/node-facts';
import { type CantonNode, unknownNode } from '../../model/facts/nodes';
import { readNodes } from '../../model/facts/view';
import { type Inventory, type InventoryKey, readInventory } from './inventory';
import { hasShortenedRow, type ListedKey, readHistory, readListing, timeOf } from './listing';
import { type Backup, type Need, needsOfExternalKey, needsOfWrapperKey, type Past } from './needs';

/** Pasted texts, each exactly as it was printed. */
export interface DriftOptions {
  /** Of `keys.secret.list`. */
  readonly listing: string;
  /** The output of the preflight script with `--json`. */
  readonly inventory?: string | undefined;
  /** The listing of all mappings of the node with their times. */
  readonly history?: string | undefined;
  /** Every backup that is kept; undefined if they are not known. */
  readonly backups?: readonly { readonly at: string; readonly listing?: string | undefined }[] | undefined;
  /** The time of the comparison, in milliseconds since 1970. */
  readonly now: number;
  /** Listings of other nodes, by their names. */
  readonly others: readonly { readonly name: string; readonly listing: string }[];
}

export interface DriftRequest extends DriftOptions {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** `participants.p1` */
  readonly node: string;
}

export type FindingKind =
  | 'orphan'
  | 'unannounced'
  | 'other-node'
  | 'wrapper-key'
  | 'mode'
  | 'missing'
  | 'not-usable'
  | 'unknown-key';

/** A mismatch between configuration, vault and KMS. */
export interface Finding {
  readonly kind: FindingKind;
  readonly key: string;
  /** One sentence. */
  readonly message: string;
}

/** A key of the KMS, and whether it may be disabled. */
export interface KeyVerdict {
  readonly id: string;
  readonly fingerprint: string | undefined;
  readonly usage: string | undefined;
  readonly mayBeDisabled: boolean;
  /** Empty if it may be disabled. */
  readonly needs: readonly Need[];
}

export type DriftResult =
  | { readonly kind: 'drift'; readonly findings: readonly Finding[]; readonly keys: readonly KeyVerdict[] }
  | { readonly kind: 'none'; readonly reason: string };

/** Compares the configuration of a node with its keys and those of its KMS. Never fails. */
export function driftFor(request: DriftRequest): DriftResult {
  const { config, version, edition, node: id } = request;
  const nodes = readNodes(config, version, edition);
  const node = nodes.find((one) => one.id === id);
  if (node === undefined) return { kind: 'none', reason: unknownNode(config, id) };
  const read = readTexts(request);
  if (typeof read === 'string') return { kind: 'none', reason: read };
  const others = nodes.filter((one) => one !== node);
  const situation: Situation = { node, ...read, wrappersOfOthers: wrappersOf(others) };
  return { kind: 'drift', findings: findingsOf(situation), keys: verdictsOf(situation) };
}

interface Texts {
  readonly listed: readonly ListedKey[];
  readonly inventory: Inventory | undefined;
  readonly past: Past;
  readonly others: readonly { readonly name: string; readonly listed: readonly ListedKey[] }[];
}

interface Situation extends Texts {
  readonly node: CantonNode;
  /** Nodes by the wrapper key that their configuration names. */
  readonly wrappersOfOthers: ReadonlyMap<string, string>;
}

/** The parsed texts, or the reason why one of them cannot be read: incomplete input allows no conclusion. */
function readTexts({ node, listing, inventory, history, backups, others, now }: DriftRequest): Texts | string {
  const listings = [listing, ...others.map((one) => one.listing), ...(backups ?? []).map((one) => one.listing ?? '')];
  if (listings.some(hasShortenedRow)) {
    return 'A listing has shortened fingerprints. Print `k.id.unwrap`, as the plans do.';
  }
  const listed = readListing(listing);
  if (listed.length === 0)
    return 'The listing has no key. Pass the output of `keys.secret.list()` as the plans print it, or the table of keys.';
  const found = inventory === undefined ? undefined : readInventory(inventory);
  if (inventory !== undefined && found === undefined)
    return 'The inventory is not what a preflight script prints with --json.';
  if (found !== undefined && found.node !== node) return `The inventory is of ${found.node}, not of ${node}.`;
  const mappings = history === undefined ? undefined : readHistory(history);
  if (history !== undefined && mappings === undefined) {
    return 'The history has a row that is not (valid from, valid until, fingerprints).';
  }
  const kept: Backup[] = [];
  for (const backup of backups ?? []) {
    const at = timeOf(backup.at);
    if (at === undefined)
      return `'${backup.at}' is not the time of a backup. Write 2026-01-31 or 2026-01-31T12:00:00Z.`;
    const rows = backup.listing === undefined ? undefined : readListing(backup.listing);
    kept.push({
      at,
      wrapperKeyIds: rows && rows.length > 0 ? new Set(rows.flatMap((key) => key.wrapperKeyId ?? [])) : undefined,
    });
  }
  return {
    listed,
    inventory: found,
    past: { history: mappings, backups: backups && kept, now },
    others: others.map((one) => ({ name: one.name, listed: readListing(one.listing) })),
  };
}

function wrappersOf(nodes: readonly CantonNode[]): ReadonlyMap<string, string> {
  return new Map(
    nodes.flatMap((one) => {
      const id = envelopeOf(one)?.keyId;
      return id === undefined ? [] : [[id, one.id] as const];
    }),
  );
}

/** Every form of a key's ID: the requested one, its ARN, and the bare ID. */
function formsOf(id: string, inventory: Inventory | undefined): ReadonlySet<string> {
  const forms = new Set([id, bare(id)]);
  for (const key of inventory?.keys ?? []) {
    const own = [key.id, key.arn, bare(key.id), bare(key.arn)].filter((form) => form !== '');
    if (own.some((form) => forms.has(form))) for (const form of own) forms.add(form);
  }
  return forms;
}

function bare(id: string): string {
  return (parseArn(id)?.resource ?? id).replace(/^key\//, '');
}

function isSame(a: string, b: string, inventory: Inventory | undefined): boolean {
  const forms = formsOf(a, inventory);
  return [...formsOf(b, inventory)].some((form) => forms.has(form));
}

function findingsOf(situation: Situation): Finding[] {
  return [
    ...modeFindings(situation),
    ...wrapperFindings(situation),
    ...keyFindings(situation),
    ...inventoryFindings(situation),
  ];
}

/** Rows that are not stored as the configuration requires. */
function modeFindings({ node, listed }: Situation): Finding[] {
  const { mode } = node;
  return listed.flatMap(({ fingerprint, kmsKeyId, wrapperKeyId }) => {
    if (mode === 'external' && kmsKeyId === undefined) {
      return {
        kind: 'mode',
        key: fingerprint,
        message: `${node.id} uses external keys, and this key is in its database.`,
      };
    }
    if (mode === 'envelope' && wrapperKeyId === undefined && kmsKeyId === undefined) {
      return {
        kind: 'mode',
        key: fingerprint,
        message: `${node.id} uses envelope encryption, and this key is stored in plaintext.`,
      };
    }
    if (mode === 'none' && (wrapperKeyId ?? kmsKeyId) !== undefined) {
      return { kind: 'mode', key: fingerprint, message: `${node.id} uses no KMS, and this key needs one.` };
    }
    return [];
  });
}

function wrapperFindings({ node, listed, inventory, wrappersOfOthers }: Situation): Finding[] {
  const used = [...new Set(listed.flatMap((key) => key.wrapperKeyId ?? []))];
  const configured = envelopeOf(node)?.keyId;
  const findings: Finding[] = [];
  const [first, ...more] = used;
  if (first !== undefined && more.some((id) => !isSame(id, first, inventory))) {
    const message = `The rows of ${node.id} have ${used.length} wrapper keys (${used.join(', ')}): Canton refuses to start with more than one.`;
    findings.push({ kind: 'wrapper-key', key: first, message });
  }
  for (const id of used) {
    if (configured !== undefined && !isSame(id, configured, inventory)) {
      const message = `The configuration of ${node.id} names the wrapper key '${configured}', and its rows are encrypted with '${id}'.`;
      findings.push({ kind: 'wrapper-key', key: id, message });
    }
    const other = [...wrappersOfOthers].find(([wrapper]) => isSame(wrapper, id, inventory))?.[1];
    if (other !== undefined) {
      findings.push({
        kind: 'other-node',
        key: id,
        message: `${other} has the same wrapper key: each node needs its own.`,
      });
    }
  }
  return findings;
}

function keyFindings({ node, listed, inventory, past, others }: Situation): Finding[] {
  return listed.flatMap((key) => {
    const id = key.kmsKeyId ?? key.wrapperKeyId;
    const seen = id && inventory?.keys.find((one) => isSame(one.id, id, inventory));
    const findings = seen ? seenFindings(node, key, id, seen) : [];
    for (const other of others) {
      if (
        other.listed.some(
          (one) => one.fingerprint === key.fingerprint || (key.kmsKeyId !== undefined && one.kmsKeyId === key.kmsKeyId),
        )
      ) {
        findings.push({ kind: 'other-node', key: id ?? key.fingerprint, message: `${other.name} has the same key.` });
      }
    }
    const isAnnounced = past.history?.some(({ fingerprints }) => fingerprints.includes(key.fingerprint)) ?? true;
    if (!isAnnounced && !/\bnamespace\b/i.test(key.usage ?? 'namespace')) {
      findings.push({
        kind: 'unannounced',
        key: id ?? key.fingerprint,
        message: `${node.id} has the key, and no mapping has ever announced it.`,
      });
    }
    return findings;
  });
}

/** The key of the KMS is not as the node needs it. */
function seenFindings(
  node: CantonNode,
  { kmsKeyId, fingerprint }: ListedKey,
  id: string,
  seen: InventoryKey,
): Finding[] {
  const findings: Finding[] = [];
  if (seen.state === 'missing') {
    findings.push({ kind: 'missing', key: id, message: `The KMS does not have the key that ${node.id} needs.` });
  } else if (!/^(?:enabled|)$/i.test(seen.state)) {
    findings.push({
      kind: 'not-usable',
      key: id,
      message: `The key is ${seen.state} in the KMS, and ${node.id} needs it.`,
    });
  }
  if (kmsKeyId !== undefined && seen.fingerprint !== '' && seen.fingerprint !== fingerprint) {
    findings.push({
      kind: 'other-node',
      key: id,
      message: `The key in the KMS has the fingerprint ${seen.fingerprint}, and ${node.id} has it as ${fingerprint}.`,
    });
  }
  return findings;
}

/** Keys of the KMS that the node does not have, and keys that it announces without having them. */
function inventoryFindings({ node, listed, inventory, past, others, wrappersOfOthers }: Situation): Finding[] {
  const orphans = (inventory?.keys ?? []).filter(
    (key) => !isListed(key, listed, inventory) && !isConfigured(node, key, inventory),
  );
  const known = new Set(listed.map(({ fingerprint }) => fingerprint));
  const announced = (past.history ?? [])
    .filter(({ until }) => until === Number.POSITIVE_INFINITY)
    .flatMap(({ fingerprints }) => fingerprints);
  return [
    ...orphans.map((key): Finding => {
      const other =
        others.find((one) => isListed(key, one.listed, inventory))?.name ??
        [...wrappersOfOthers].find(([id]) => isSame(id, key.id, inventory))?.[1];
      return other === undefined
        ? { kind: 'orphan', key: key.id, message: `${node.id} does not have this key of the KMS.` }
        : { kind: 'other-node', key: key.id, message: `This key of the KMS is one of ${other}.` };
    }),
    ...[...new Set(announced)]
      .filter((fingerprint) => !known.has(fingerprint))
      .map(
        (fingerprint): Finding => ({
          kind: 'missing',
          key: fingerprint,
          message: `${node.id} announces this key and does not have it: see \`restore-keys\`.`,
        }),
      ),
  ];
}

function isListed(key: InventoryKey, listed: readonly ListedKey[], inventory: Inventory | undefined): boolean {
  return listed.some(
    ({ fingerprint, kmsKeyId, wrapperKeyId }) =>
      (key.fingerprint !== '' && key.fingerprint === fingerprint) ||
      [kmsKeyId, wrapperKeyId].some((id) => id !== undefined && isSame(id, key.id, inventory)),
  );
}

function isConfigured(node: CantonNode, key: InventoryKey, inventory: Inventory | undefined): boolean {
  const configured = envelopeOf(node)?.keyId;
  return configured !== undefined && isSame(configured, key.id, inventory);
}

/** One verdict for each key of the KMS that is mentioned anywhere. */
function verdictsOf(situation: Situation): KeyVerdict[] {
  const { node, listed, inventory, past } = situation;
  const verdicts: KeyVerdict[] = [];
  const seen: string[] = [];
  const add = (id: string, fingerprint: string | undefined, usage: string | undefined, needs: readonly Need[]) => {
    if (seen.some((one) => isSame(one, id, inventory))) return;
    seen.push(id);
    verdicts.push({ id, fingerprint, usage, mayBeDisabled: needs.length === 0, needs });
  };
  for (const id of listed.flatMap((key) => key.wrapperKeyId ?? [])) {
    add(id, undefined, 'wrapper', [{ by: 'node', reason: `Rows of ${node.id} are encrypted with the key.` }]);
  }
  const configured = envelopeOf(node)?.keyId;
  if (configured !== undefined) {
    add(configured, undefined, 'wrapper', [{ by: 'node', reason: `The configuration of ${node.id} names the key.` }]);
  }
  for (const { kmsKeyId, fingerprint, usage } of listed) {
    if (kmsKeyId === undefined) continue;
    const needs = needsOfExternalKey(fingerprint, usage, past);
    add(kmsKeyId, fingerprint, usage, withOthers(situation, kmsKeyId, fingerprint, needs));
  }
  for (const key of inventory?.keys ?? []) {
    const usage = key.role === '' ? undefined : key.role;
    const needs =
      usage === 'wrapper'
        ? needsOfWrapperKey((ids) => [...ids].some((id) => isSame(id, key.id, inventory)), past)
        : key.fingerprint === ''
          ? [{ by: 'unknown', reason: 'Its public key was not seen, so nobody knows what announced it.' } as const]
          : needsOfExternalKey(key.fingerprint, usage, past);
    add(
      key.id,
      key.fingerprint === '' ? undefined : key.fingerprint,
      usage,
      withOthers(situation, key.id, key.fingerprint, needs),
    );
  }
  return verdicts;
}

/** A key that another node has, or that its configuration names, is judged for that node. */
function withOthers(
  { others, wrappersOfOthers, inventory }: Situation,
  id: string,
  fingerprint: string,
  needs: readonly Need[],
): readonly Need[] {
  const names = new Set([
    ...[...wrappersOfOthers].flatMap(([wrapper, name]) => (isSame(wrapper, id, inventory) ? name : [])),
    ...others.flatMap(({ name, listed }) =>
      listed.some(
        (one) =>
          one.fingerprint === fingerprint ||
          [one.kmsKeyId, one.wrapperKeyId].some((form) => form !== undefined && isSame(form, id, inventory)),
      )
        ? name
        : [],
    ),
  ]);
  return [...needs, ...[...names].map((name) => ({ by: 'node', reason: `${name} has the key.` }) as const)];
}
