/** A key as the preflight script saw it. */
export interface InventoryKey {
  readonly role: string;
  readonly id: string;
  readonly arn: string;
  /** Empty if the public key was not seen. */
  readonly fingerprint: string;
  readonly state: string;
}

export interface Inventory {
  readonly node: string;
  readonly keys: readonly InventoryKey[];
}

/** Parses the output of a preflight script with `--json`; undefined if the text is not such an output. */
export function readInventory(text: string): Inventory | undefined {
  const read = parsed(text);
  if (!isObject(read) || typeof read.node !== 'string' || !Array.isArray(read.keys)) return undefined;
  const keys = read.keys.map(keyOf);
  return keys.every((key) => key !== undefined) ? { node: read.node, keys } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function keyOf(value: unknown): InventoryKey | undefined {
  if (!isObject(value)) return undefined;
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : '');
  if (text('id') === '') return undefined;
  return {
    role: text('role'),
    id: text('id'),
    arn: text('arn'),
    fingerprint: text('fingerprint').toLowerCase(),
    state: text('state'),
  };
}
