import type { CodeAction } from 'vscode-languageserver';
import type { KeyPath } from '../../../hocon/values/config-value';
import type { CantonNode, KmsMode } from '../../../model/facts/nodes';
import { CODE_ACTION_KIND } from '../../shared/lsp-kinds';

/** The limit for the nodes of a shared section: nobody reads a longer list of actions. */
const MOST_NODES = 3;

interface Offer {
  readonly title: string;
  /** Undefined if the user is to pick the procedure. */
  readonly procedure: string | undefined;
}

const ANY: Offer = { title: 'Plan a procedure', procedure: undefined };
const OFFERS: Readonly<Record<KmsMode, readonly Offer[]>> = {
  none: [{ title: 'Configure a KMS', procedure: 'configure' }, ANY],
  envelope: [{ title: 'Rotate the wrapper key', procedure: 'rotate-wrapper-key' }, ANY],
  external: [{ title: 'Rotate external keys', procedure: 'rotate-external-keys' }, ANY],
};

/**
 * Offers the procedures that can be planned for the node whose name or `crypto` section the cursor is on.
 * @param paths the full paths of the key at the cursor; a shared key has one for each node
 * @param command the client's command that plans a procedure; its argument names document, node and procedure
 */
export function procedureActions(
  uri: string,
  paths: readonly KeyPath[],
  nodes: readonly CantonNode[],
  command: string,
): CodeAction[] {
  const ids = new Set(paths.filter(isAboutKeys).map(([, kind, name]) => `${kind}.${name}`));
  const found = nodes.filter(({ id }) => ids.has(id)).slice(0, MOST_NODES);
  return found.flatMap(({ id, mode }) =>
    OFFERS[mode].map(({ title: what, procedure }) => {
      const title = `${what} for ${id}…`;
      const given = { uri, node: id, ...(procedure !== undefined && { procedure }) };
      return { title, kind: CODE_ACTION_KIND.plan, command: { title, command, arguments: [given] } };
    }),
  );
}

function isAboutKeys(path: KeyPath): boolean {
  return path[0] === 'canton' && (path.length === 3 || path[3] === 'crypto');
}
