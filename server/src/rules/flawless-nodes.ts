import { type CantonNode, findNodes } from '../canton/nodes';
import { isSameValue } from '../canton/same-value';
import type { CantonView, NodeView } from '../canton/view';
import type { ConfigObject } from '../hocon/value';
import type { RuleInput } from './context';

interface Flawless {
  readonly value: ConfigObject;
  /** What is written at each of the node's definitions. */
  readonly texts: readonly (string | undefined)[];
  readonly isValidated: boolean;
}

/**
 * Remembers the nodes about which there was nothing to say, from one state of a launch set to the next. Whoever types in
 * a file of hundreds of nodes changes one of them; the others need not be looked at again.
 */
export class FlawlessNodes {
  private nodes: ReadonlyMap<string, Flawless> = new Map();
  private input: RuleInput | undefined;
  private view: CantonView | undefined;

  /** The ids of flawless nodes that are as they were. */
  unchanged(input: RuleInput): ReadonlySet<string> {
    const ids = new Set<string>();
    if (this.nodes.size === 0 || !isAlike(this.input, input) || hasGaps(input.config)) return ids;
    for (const node of findNodes(input.config)) {
      const known = this.nodes.get(node.id);
      if (known !== undefined && isSame(known, node, input)) ids.add(node.id);
    }
    return ids;
  }

  /** Whether what counts for all nodes is as it was. */
  fits({ nonStandard, isFragment }: CantonView): boolean {
    return this.view?.nonStandard === nonStandard && this.view.isFragment === isFragment;
  }

  /** Canton's validation passes over a node when another takes its name. */
  isAsBefore({ id, isValidated }: NodeView): boolean {
    return this.nodes.get(id)?.isValidated === isValidated;
  }

  remember(input: RuleInput, view: CantonView, flawed: ReadonlySet<NodeView>): void {
    this.input = input;
    this.view = view;
    const flawless = view.nodes.filter((node) => node.isReadable && !flawed.has(node));
    this.nodes = new Map(
      flawless.map((node) => {
        const { id, value, isValidated } = node;
        return [id, { value, isValidated, texts: textsOf(node, input) }];
      }),
    );
  }
}

function isAlike(before: RuleInput | undefined, { version, edition, isWhole, off, driverSchemas }: RuleInput): boolean {
  if (before?.version !== version || before.edition !== edition || before.isWhole !== isWhole) return false;
  if (before.driverSchemas !== driverSchemas) return false;
  return [...(before.off ?? [])].join() === [...(off ?? [])].join();
}

/** Where something is missing around the nodes, it may come to be inside of them. */
function hasGaps(config: ConfigObject): boolean {
  const canton = config.entries.get('canton')?.value;
  const around =
    canton?.kind === 'object' ? [config, canton, ...[...canton.entries.values()].map(({ value }) => value)] : [];
  return around.some((value) => value.kind === 'object' && value.unknowns.length > 0);
}

function isSame({ value, texts }: Flawless, node: CantonNode, input: RuleInput): boolean {
  const now = textsOf(node, input);
  return now.length === texts.length && now.every((text, i) => text === texts[i]) && isSameValue(value, node.value);
}

function textsOf({ definitions }: CantonNode, { tree }: RuleInput): (string | undefined)[] {
  return definitions.map(({ uri, key, value }) => tree?.(uri)?.text.slice(key.start, value.end));
}
