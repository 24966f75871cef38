import type { ConfigEntry, ConfigObject, ConfigValue, Definition, Dependency } from '../hocon/values/config-value';
import { findNodes, type WrittenNode } from '../model/facts/nodes';
import type { CantonView, NodeView } from '../model/facts/view';
import type { RuleInput } from './context';

/** The values that definitions depend on through substitutions, in addition to their own text. */
class DependencyMap {
  private readonly byUri = new Map<string, Dependency[]>();

  /** @param dependencies those of the whole configuration; undefined if they are not known */
  constructor(private readonly dependencies: readonly Dependency[] | undefined) {
    for (const dependency of dependencies ?? []) {
      const { uri } = dependency.location;
      const known = this.byUri.get(uri);
      if (known === undefined) this.byUri.set(uri, [dependency]);
      else known.push(dependency);
    }
    for (const list of this.byUri.values()) list.sort((a, b) => startOf(a) - startOf(b));
  }

  /** In the order of the texts; undefined if they and the texts do not determine the values of the definitions. */
  valuesIn(definitions: readonly Definition[]): readonly ConfigValue[] | undefined {
    if (this.dependencies === undefined) return undefined;
    const values: ConfigValue[] = [];
    for (const { uri, key, value } of definitions) {
      const list = this.byUri.get(uri) ?? [];
      for (let i = firstFrom(list, key.start); i < list.length; i++) {
        const dependency = list[i] as Dependency;
        if (startOf(dependency) >= value.end) break;
        if (dependency.value === undefined) return undefined;
        values.push(dependency.value);
      }
    }
    return values;
  }
}

function startOf({ location }: Dependency): number {
  return location.range.start;
}

function firstFrom(list: readonly Dependency[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(list[middle] as Dependency) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Everything that determines the value of a node. */
interface NodeState {
  /** The text of each of its definitions. */
  readonly texts: readonly (string | undefined)[];
  /** The values of the substitutions in the texts; undefined if they do not determine the value of the node. */
  readonly substituted: readonly ConfigValue[] | undefined;
  /** Kept only if `substituted` is undefined, because it keeps the whole configuration in memory. */
  readonly value: ConfigObject | undefined;
}

interface CleanNode {
  readonly state: NodeState;
  readonly isValidated: boolean;
}

interface Question extends Pick<RuleInput, 'version' | 'edition'> {
  readonly isWhole: boolean;
  readonly hasWholeEnvironment: boolean;
  readonly off: string;
  readonly driverSchemas: RuleInput['driverSchemas'];
}

/**
 * Remembers the nodes without diagnostics from one state of a launch set to the next. Typing in a file of hundreds of
 * nodes changes one of them, and the others need not be read and checked again.
 */
export class CleanNodes {
  private nodes: ReadonlyMap<string, CleanNode> = new Map();
  /** The request and the shared values for which the nodes were found clean. */
  private question: Question | undefined;
  private common: Pick<CantonView, 'nonStandard' | 'isFragment'> | undefined;

  /** The IDs of clean nodes that have not changed. */
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

  /** Whether the values that affect all nodes are unchanged. */
  fits({ nonStandard, isFragment }: CantonView): boolean {
    return this.common?.nonStandard === nonStandard && this.common.isFragment === isFragment;
  }

  /** Canton's validation skips a node if another one has the same name. */
  isAsBefore({ id, isValidated }: NodeView): boolean {
    return this.nodes.get(id)?.isValidated === isValidated;
  }

  /** @param untouched the nodes that were not checked again: their state is unchanged */
  remember(input: RuleInput, view: CantonView, unclean: ReadonlySet<NodeView>, untouched: ReadonlySet<NodeView>): void {
    const dependencies = new DependencyMap(input.dependencies);
    const nodes = new Map<string, CleanNode>();
    // Missing files may contain the keys that nodes lack, so many faults are not reported.
    for (const node of hasGaps(input.config) ? [] : view.nodes) {
      if (!node.isReadable || unclean.has(node)) continue;
      const known = untouched.has(node) ? this.nodes.get(node.id) : undefined;
      nodes.set(node.id, known ?? { state: stateOf(node, input, dependencies), isValidated: node.isValidated });
    }
    this.nodes = nodes;
    this.question = questionOf(input);
    this.common = { nonStandard: view.nonStandard, isFragment: view.isFragment };
  }
}

function questionOf(input: RuleInput): Question {
  const { version, edition, isWhole, hasWholeEnvironment, off, driverSchemas } = input;
  return { version, edition, isWhole, hasWholeEnvironment, off: [...(off ?? [])].join(), driverSchemas };
}

function isAlike(before: Question | undefined, now: Question): boolean {
  return Object.entries(now).every(([key, value]) => before?.[key as keyof Question] === value);
}

/** Missing files may add keys to the nodes. */
function hasGaps(config: ConfigObject): boolean {
  const canton = config.entries.get('canton')?.value;
  const around =
    canton?.kind === 'object' ? [config, canton, ...[...canton.entries.values()].map(({ value }) => value)] : [];
  return around.some((value) => value.kind === 'object' && value.unknowns.length > 0);
}

function stateOf(node: WrittenNode, { tree }: RuleInput, dependencies: DependencyMap): NodeState {
  const texts = node.definitions.map(({ uri, key, value }) => tree(uri)?.text.slice(key.start, value.end));
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

/**
 * Whether a value is the same as before and comes from the same files; only its locations in them may differ. An
 * unknown value may stand for anything, so it is never the same.
 */
function isSameValue(a: ConfigValue, b: ConfigValue): boolean {
  if (a.origin.uri !== b.origin.uri) return false;
  switch (a.kind) {
    case 'object':
      return b.kind === 'object' && isSameObject(a, b);
    case 'list':
      if (b.kind !== 'list' || a.elements.length !== b.elements.length) return false;
      return a.elements.every((element, i) => isSameValue(element, b.elements[i] as ConfigValue));
    case 'number':
      return b.kind === 'number' && a.text === b.text;
    case 'string':
    case 'boolean':
      return b.kind === a.kind && a.value === b.value;
    case 'null':
      return b.kind === 'null';
    case 'unknown':
      return false;
  }
}

/** The order of the keys matters as well. */
function isSameObject(a: ConfigObject, b: ConfigObject): boolean {
  if (a.entries.size !== b.entries.size || a.unknowns.length > 0 || b.unknowns.length > 0) return false;
  const others = b.entries.keys();
  for (const key of a.entries.keys()) {
    if (others.next().value !== key) return false;
    if (!isSameEntry(a.entries.get(key) as ConfigEntry, b.entries.get(key) as ConfigEntry)) return false;
  }
  return true;
}

function isSameEntry(a: ConfigEntry, b: ConfigEntry): boolean {
  if (a.definitions.length !== b.definitions.length || !isSameValue(a.value, b.value)) return false;
  return a.definitions.every(({ uri }, i) => uri === b.definitions[i]?.uri);
}
