import { LAUNCH_SET } from '../operations/facts';
import { type KeyOrigin, type PolicyFormat, policyFor } from '../operations/policy/policy';
import type { FileSet } from '../workspace/launch-sets';
import type { Snapshot } from '../workspace/snapshot';

/** A policy is asked of a node in a launch set of a document. */
export interface PolicyRequest {
  readonly node: string;
  /** Undefined: that of the provider. */
  readonly format?: PolicyFormat | undefined;
  /** Undefined: as the configuration suggests. */
  readonly keys?: KeyOrigin | undefined;
  /** The launch set, where several have the node. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** A policy to be saved under this ending, or why there is none. */
export type PolicyAnswer =
  | { readonly kind: 'policy'; readonly text: string; readonly ending: string; readonly warnings: readonly string[] }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * @param snapshots the launch sets of a document, at least one
 * @param chosen the one that counts where nothing else is said
 */
export function policyOf(
  snapshots: readonly Snapshot[],
  { node, format, keys, options = {} }: PolicyRequest,
  chosen?: FileSet,
): PolicyAnswer {
  const holding = snapshots.filter(({ nodes }) => nodes.some(({ id }) => id === node));
  const wanted = options[LAUNCH_SET] ?? chosen?.id;
  const snapshot = holding.find(({ set }) => set.id === wanted) ?? holding[0] ?? (snapshots[0] as Snapshot);
  const { config, choice } = snapshot;
  const { version, edition } = choice;
  const made = policyFor({ config, version, edition, node, format, keys, keyIds: [], deletesKeys: false });
  if (made.kind === 'none') return made;
  const ending = format === 'terraform' ? 'tf' : made.text.startsWith('{') ? 'json' : 'yaml';
  return { kind: 'policy', text: made.text, ending, warnings: made.warnings };
}
