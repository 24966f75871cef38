import { textAt, UNKNOWN, type Unknown } from '../binding/bound';
import type { NodeView } from './view';

/** Whether a node keeps its data in memory, which is the default. */
export function isMemory(node: NodeView): boolean | Unknown {
  const type = textAt(node.bound, 'storage', 'type');
  return type === UNKNOWN || type === undefined ? UNKNOWN : type === 'memory';
}

/** False where the default was taken because nothing is written. */
export function hasStorage(node: NodeView): boolean {
  return node.value.entries.has('storage');
}
