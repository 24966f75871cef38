import type { ConfigObject, ConfigValue } from '../hocon/values/config-value';
import { isSameValue } from '../model/binding/same-value';
import { findNodes, type WrittenNode } from '../model/facts/nodes';
import type { CantonView, NodeView } from '../model/facts/view';
import type { RuleInput } from './context';
import { DependencyMap } from './dependency-map';

/** All that decides the value of a node. */
interface NodeState {
  /** What is written at each of its definitions. */
  readonly texts: readonly (string | undefined)[];
  /** What the substitutions in the texts stand for; undefined where that does not tell all. */
  readonly substituted: readonly ConfigValue[] | undefined;
  /** Kept only where `substituted` does not tell all: it holds on to the configuration around it. */
  readonly value: ConfigObject | undefined;
}

interface Flawless {
  readonly state: NodeState;
  readonly isValidated: boolean;
}

interface Question extends Pick<RuleInput, 'version' | 'edition'> {
  readonly isWhole: boolean | undefined;
  readonly off: string;
  readonly driverSchemas: RuleInput['driverSchemas'] | undefined;
}

/**
 * Remembers the nodes about which there was nothing to say, from one state of a launch set to the next. Whoever types in
 * a file of hundreds of nodes changes one of them; the others need not be looked at again.
 */
export class FlawlessNodes {
  private nodes: ReadonlyMap<string, Flawless> = new Map();
  /** What was asked for, and what counted for all nodes, when they were found flawless. */
  private question: Question | undefined;
  private common: Pick<CantonView, 'nonStandard' | 'isFragment'> | undefined;

  /** The ids of flawless nodes that are as they were. */
  unchanged(input: RuleInput): ReadonlySet<string> {
    const ids = new Set<string>();
    if (this.nodes.size === 0 || !isAlike(this.question, questionOf(input)) || hasGaps(input.config)) return ids;
    const dependencies = new DependencyMap(input.dependencies);
    for (const node of findNodes(input.config)) {
      const known = this.nodes.get(node.id);
      if (known !== undefined && isSame(known.state, node, input, dependencies)) ids.add(node.id);
    }
    return ids;
  }

  /** Whether what counts for all nodes is as it was. */
  fits({ nonStandard, isFragment }: CantonView): boolean {
    return this.common?.nonStandard === nonStandard && this.common.isFragment === isFragment;
  }

  /** Canton's validation passes over a node when another takes its name. */
  isAsBefore({ id, isValidated }: NodeView): boolean {
    return this.nodes.get(id)?.isValidated === isValidated;
  }

  /**
   * @param untouched those that were not looked at: their state is what it was
   */
  remember(input: RuleInput, view: CantonView, flawed: ReadonlySet<NodeView>, untouched: ReadonlySet<NodeView>): void {
    const dependencies = new DependencyMap(input.dependencies);
    const nodes = new Map<string, Flawless>();
    // What is missing around them spares nodes many a fault.
    for (const node of hasGaps(input.config) ? [] : view.nodes) {
      if (!node.isReadable || flawed.has(node)) continue;
      const known = untouched.has(node) ? this.nodes.get(node.id) : undefined;
      nodes.set(node.id, known ?? { state: stateOf(node, input, dependencies), isValidated: node.isValidated });
    }
    this.nodes = nodes;
    this.question = questionOf(input);
    this.common = { nonStandard: view.nonStandard, isFragment: view.isFragment };
  }
}

function questionOf({ version, edition, isWhole, off, driverSchemas }: RuleInput): Question {
  return { version, edition, isWhole, off: [...(off ?? [])].join(), driverSchemas };
}

function isAlike(before: Question | undefined, now: Question): boolean {
  return Object.entries(now).every(([key, value]) => before?.[key as keyof Question] === value);
}

/** Where something is missing around the nodes, it may come to be inside of them. */
function hasGaps(config: ConfigObject): boolean {
  const canton = config.entries.get('canton')?.value;
  const around =
    canton?.kind === 'object' ? [config, canton, ...[...canton.entries.values()].map(({ value }) => value)] : [];
  return around.some((value) => value.kind === 'object' && value.unknowns.length > 0);
}

function stateOf(node: WrittenNode, { tree }: RuleInput, dependencies: DependencyMap): NodeState {
  const texts = node.definitions.map(({ uri, key, value }) => tree?.(uri)?.text.slice(key.start, value.end));
  const substituted = dependencies.valuesIn(node.definitions);
  return { texts, substituted, value: substituted === undefined ? node.value : undefined };
}

function isSame(before: NodeState, node: WrittenNode, input: RuleInput, dependencies: DependencyMap): boolean {
  const now = stateOf(node, input, dependencies);
  if (now.texts.length !== before.texts.length || !now.texts.every((text, i) => text === before.texts[i])) return false;
  if (before.value !== undefined) return isSameValue(before.value, node.value);
  const { substituted = [] } = before;
  return now.substituted?.length === substituted.length && now.substituted.every(isSameAs(substituted));
}

function isSameAs(others: readonly ConfigValue[]) {
  return (value: ConfigValue, i: number) => isSameValue(value, others[i] as ConfigValue);
}
