import { entryAt } from '../hocon/syntax/entry-at';
import { findNodes } from '../model/facts/nodes';
import type { Facts, PlanRequest } from './facts';

/** The node is not there; names those that are. */
export function nodeReasons({ node, config }: PlanRequest): string[] {
  const ids = findNodes(config).map(({ id }) => id);
  const there = ids.length === 0 ? 'it has none' : `it has ${ids.join(', ')}`;
  return [`There is no node '${node}' in this configuration; ${there}.`];
}

/** It is open which launch set is meant. */
export function openSetReasons({ node, openSets = [] }: PlanRequest): string[] {
  if (openSets.length === 0) return [];
  return [
    `${node} is in ${openSets.length} launch sets (${openSets.map(({ name }) => name).join('; ')}): say which is meant.`,
  ];
}

/** Files of the node that cannot be read as they are: a plan on top of them could not be trusted. */
export function unreadable(facts: Facts): readonly string[] {
  const { unresolved = [] } = facts;
  if (unresolved.length > 0) return unresolved.map((one) => `The configuration cannot be resolved. ${one}`);
  const uris = new Set<string>();
  for (let depth = 1; depth <= facts.target.path.length; depth++) {
    const definitions = entryAt(facts.config, facts.target.path.slice(0, depth))?.definitions ?? [];
    for (const { uri } of definitions) uris.add(uri);
  }
  return [...uris].flatMap((uri) => {
    const problem = facts.tree(uri)?.problems.find(({ severity }) => severity === 'error');
    if (problem === undefined) return [];
    const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    return [`${name} is not valid HOCON yet: ${problem.message}`];
  });
}
