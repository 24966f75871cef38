import { evaluate } from '../hocon/evaluation/evaluate';
import type { Problem } from '../hocon/problem';
import type { Environment, RootFile, Sources } from '../hocon/source';
import { parse } from '../hocon/syntax/parse';
import type { Syntax } from '../hocon/syntax/syntax';
import type { ConfigObject } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { applyChanges } from './apply';
import { Comparison, Shapes } from './comparison';

/** How many characters are evaluated again for parts of the variables: editors ask at every move of the cursor. */
const MAX_TRIED = 1_000_000;

/** What is evaluated together. */
export interface Launched {
  readonly roots: readonly RootFile[];
  readonly sources: Sources;
  readonly environment: Environment;
}

/** Says whether changes of texts leave the effective configuration as it is. */
export class Effect {
  /**
   * With nothing more than is known set in the node's environment, with what may be set unknown, with all that is asked
   * for, and of any two variables with each alone, unless there are many in a long text.
   */
  private readonly environments: readonly Environment[];
  private before: readonly Outcome[] | undefined;

  constructor(private readonly launched: Launched) {
    const { environment, sources } = launched;
    const { variables } = environment;
    const open = [...variablesIn(sources)].filter((name) => !variables.has(name));
    const length = [...sources.lookedFor].reduce((sum, uri) => sum + (sources.get(uri)?.text.length ?? 0), 1);
    const room = Math.floor(MAX_TRIED / length);
    const withSet = (names: readonly string[]) => {
      const set = new Map([...variables, ...names.map((name) => [name, `the ${name}`] as const)]);
      return { variables: set, closed: true };
    };
    this.environments = [withSet([]), environment, withSet(open), ...partsOf(open).slice(0, room).map(withSet)];
  }

  keeps(changes: readonly TextChange[], { added, roots = new Set(), unset = false }: Allowance = {}): boolean {
    const before = this.outcomesBefore();
    const sources = withChanges(this.launched.sources, changes, added);
    return this.environments.every((environment, i) => {
      if (unset && i > 0) return true;
      return isKept(before[i] as Outcome, this.outcome(sources, environment), roots);
    });
  }

  /** Whether there are the same values as before, be their keys called as they may. */
  keepsValues(changes: readonly TextChange[]): boolean {
    const before = this.outcomesBefore();
    const sources = withChanges(this.launched.sources, changes);
    const shapes = new Shapes();
    return this.environments.every((environment, i) => {
      const after = this.outcome(sources, environment);
      const old = before[i] as Outcome;
      return hasNoNewFault(old, after) && shapes.of(old.root) === shapes.of(after.root);
    });
  }

  private outcomesBefore(): readonly Outcome[] {
    this.before ??= this.environments.map((environment) => this.outcome(this.launched.sources, environment));
    return this.before;
  }

  private outcome(sources: Sources, environment: Environment): Outcome {
    return evaluate(this.launched.roots, sources, environment);
  }
}

function variablesIn(sources: Sources): ReadonlySet<string> {
  const names = new Set<string>();
  for (const uri of sources.lookedFor) {
    const { text } = sources.get(uri) ?? { text: '' };
    for (const [, name] of text.matchAll(/\$\{\??([A-Za-z_]\w*)\}/g)) names.add(name as string);
  }
  return names;
}

/** Of any two names, some part has the first one alone, and some part the second. */
function partsOf(names: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let bit = 1; bit < names.length; bit <<= 1) {
    for (const side of [0, bit]) parts.push(names.filter((_, i) => (i & bit) === side));
  }
  return parts;
}

/** What is allowed beside what is kept. */
export interface Allowance {
  /** Files that do not exist yet, by URI. */
  readonly added?: ReadonlyMap<string, string> | undefined;
  /** Keys of the root that may come or go. */
  readonly roots?: ReadonlySet<string> | undefined;
  /** Another value where a variable is set. */
  readonly unset?: boolean;
}

interface Outcome {
  readonly root: ConfigObject;
  readonly problems: readonly Problem[];
}

/**
 * The files as they are after changes.
 * @param added texts of files that do not exist yet
 */
export function withChanges(
  sources: Sources,
  changes: readonly TextChange[],
  added: ReadonlyMap<string, string> = new Map(),
): Sources {
  const texts = new Map(added);
  for (const uri of new Set(changes.map((change) => change.uri))) {
    const own = changes.filter((change) => change.uri === uri);
    texts.set(uri, applyChanges(sources.get(uri)?.text ?? added.get(uri) ?? '', own));
  }
  const trees = new Map<string, ReturnType<typeof parse>>();
  return {
    lookedFor: new Set([...sources.lookedFor, ...texts.keys()]),
    get: (uri: string, syntax?: Syntax) => {
      const text = texts.get(uri);
      const old = sources.get(uri, syntax);
      if (text === undefined) return old;
      const id = `${syntax} ${uri}`;
      const tree = trees.get(id) ?? parse(uri, text, syntax ?? old?.syntax);
      trees.set(id, tree);
      return tree;
    },
  };
}

/** The same values, and no fault that was not there before. */
function isKept(before: Outcome, after: Outcome, roots: ReadonlySet<string>): boolean {
  return hasNoNewFault(before, after) && new Comparison().isSameObject(before.root, after.root, roots);
}

function hasNoNewFault(before: Outcome, after: Outcome): boolean {
  const faults = new Map<string, number>();
  for (const { code } of before.problems) faults.set(code, (faults.get(code) ?? 0) + 1);
  for (const { code } of after.problems) {
    const left = (faults.get(code) ?? 0) - 1;
    if (left < 0) return false;
    faults.set(code, left);
  }
  return true;
}
