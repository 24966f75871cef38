import { evaluate } from '../hocon/evaluation/evaluate';
import type { Problem } from '../hocon/problem';
import type { Environment, RootFile, Sources } from '../hocon/source';
import { parse } from '../hocon/syntax/parse';
import type { Syntax } from '../hocon/syntax/syntax';
import type { ConfigObject, ConfigValue, Unknown } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { applyChanges } from './changes';

/** Compares values by what they are and not by where they stand; an object that was met before is not gone through again. */
class Comparison {
  private readonly same = new Map<ConfigObject, Set<ConfigObject>>();

  private isSame(a: ConfigValue, b: ConfigValue): boolean {
    if (a === b) return true;
    if (a.kind === 'object') return b.kind === 'object' && this.isSameObject(a, b);
    if (a.kind === 'list') {
      if (b.kind !== 'list' || a.elements.length !== b.elements.length) return false;
      return a.elements.every((element, i) => this.isSame(element, b.elements[i] as ConfigValue));
    }
    if (a.kind === 'unknown') return b.kind === 'unknown' && reasonOf(a.reason) === reasonOf(b.reason);
    if (a.kind === 'number') return b.kind === 'number' && a.text === b.text;
    if (a.kind === 'null') return b.kind === 'null';
    return a.kind === b.kind && a.value === b.value;
  }

  isSameObject(a: ConfigObject, b: ConfigObject, ignored: ReadonlySet<string> = new Set()): boolean {
    const known = this.same.get(a) ?? new Set();
    if (known.has(b)) return true;
    this.same.set(a, known.add(b));
    for (const key of b.entries.keys()) if (!a.entries.has(key) && !ignored.has(key)) return false;
    for (const [key, { value }] of a.entries) {
      if (ignored.has(key)) continue;
      const other = b.entries.get(key)?.value;
      if (other === undefined || !this.isSame(value, other)) return false;
    }
    const reasons = (object: ConfigObject) => [...new Set(object.unknowns.map(reasonOf))].sort().join('\n');
    return reasons(a) === reasons(b);
  }
}

function reasonOf({ cause, subject }: Unknown): string {
  return `${cause} ${subject}`;
}

/** Numbers values so that two have the same number where they differ in nothing but the names of keys. */
class Shapes {
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<ConfigObject, number>();

  of(value: ConfigValue): number {
    const known = value.kind === 'object' ? this.known.get(value) : undefined;
    if (known !== undefined) return known;
    const number = this.numberOf(this.contentOf(value));
    if (value.kind === 'object') this.known.set(value, number);
    return number;
  }

  private contentOf(value: ConfigValue): unknown[] {
    switch (value.kind) {
      case 'object': {
        const inner = [...value.entries.values()].map((entry) => this.of(entry.value));
        return [value.kind, inner.sort((a, b) => a - b), value.unknowns.map(reasonOf).sort()];
      }
      case 'list':
        return [value.kind, value.elements.map((element) => this.of(element))];
      case 'unknown':
        return [value.kind, reasonOf(value.reason)];
      case 'number':
        return [value.kind, value.text];
      case 'null':
        return [value.kind];
      default:
        return [value.kind, value.value];
    }
  }

  private numberOf(content: readonly unknown[]): number {
    const id = JSON.stringify(content);
    const number = this.numbers.get(id) ?? this.numbers.size;
    this.numbers.set(id, number);
    return number;
  }
}

/** How many characters are evaluated again for parts of the variables: editors ask at every move of the cursor. */
const MAX_TRIED = 1_000_000;

/** The files that are evaluated together. */
export interface Launched {
  readonly roots: readonly RootFile[];
  readonly sources: Sources;
  readonly environment: Environment;
}

/** Describes whether changes of texts leave the effective configuration as it is. */
export class Effect {
  /**
   * With nothing more than is known set in the node's environment, with what may be set unknown, with all that is asked
   * for, and of any two variables with each alone, unless there are many in a long text.
   */
  private readonly environments: readonly Environment[];
  private before: readonly Outcome[] | undefined;

  constructor(private readonly launched: Launched) {
    const { environment, sources } = launched;
    const open = openVariables(launched);
    const length = [...sources.lookedFor].reduce((sum, uri) => sum + (sources.get(uri)?.text.length ?? 0), 1);
    const room = Math.floor(MAX_TRIED / length);
    const parts = partsOf(open).slice(0, room);
    this.environments = [...environmentsOf(launched), ...parts.map((names) => withSet(environment, names))];
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

/** The variables that are asked for, and that nothing is known of. */
function openVariables({ sources, environment }: Launched): readonly string[] {
  return [...variablesIn(sources)].filter((name) => !environment.variables.has(name));
}

function withSet({ variables }: Environment, names: readonly string[]): Environment {
  const set = new Map([...variables, ...names.map((name) => [name, `the ${name}`] as const)]);
  return { variables: set, closed: true };
}

function environmentsOf(launched: Launched): readonly Environment[] {
  const { environment } = launched;
  return [withSet(environment, []), environment, withSet(environment, openVariables(launched))];
}

/**
 * The configurations that files amount to: with nothing more than is known set in the node's environment, with what may
 * be set unknown, and with all that is asked for. A default below an unknown variable shows only in the first.
 */
export function outcomesOf(launched: Launched): readonly Outcome[] {
  return environmentsOf(launched).map((environment) => evaluate(launched.roots, launched.sources, environment));
}

function variablesIn(sources: Sources): ReadonlySet<string> {
  const names = new Set<string>();
  for (const uri of sources.lookedFor) {
    const { text } = sources.get(uri) ?? { text: '' };
    for (const [, name] of text.matchAll(/\$\{\??([A-Za-z_]\w*)\}/g)) names.add(name as string);
  }
  return names;
}

/** For any two names, one part contains only the first, and another only the second. */
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

export interface Outcome {
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
    refusal: (uri) => (texts.has(uri) ? undefined : sources.refusal?.(uri)),
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
