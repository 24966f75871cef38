import { evaluate } from '../hocon/evaluation/evaluate';
import type { Problem } from '../hocon/problem';
import type { Environment, RootFile, Sources } from '../hocon/source';
import { parse } from '../hocon/syntax/parse';
import type { Syntax } from '../hocon/syntax/syntax';
import type { ConfigObject, ConfigValue, Unknown } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { applyChanges } from './changes';

/** Compares values without their locations; an object that was already compared is not visited again. */
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

/** Numbers values so that two values have the same number if they differ only in the names of keys. */
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

/**
 * The number of characters that may be evaluated again for subsets of the variables: editors ask at every cursor
 * movement.
 */
const MAX_TRIED = 1_000_000;

/** The files that are evaluated together. */
export interface Launched {
  readonly roots: readonly RootFile[];
  readonly sources: Sources;
  readonly environment: Environment;
}

/** Decides whether changes of texts keep the effective configuration. */
export class Effect {
  /**
   * It compares with only the known variables set, with the others unknown, with all of them set, and with each one of
   * any two variables set, unless a long text has many of them.
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

  /** Whether the values are the same as before, whatever the names of their keys. */
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

/** The variables that are referenced but not known. */
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
 * The configurations of files: with only the known variables set, with the others unknown, and with all of them set. A
 * default below an unknown variable is visible only in the first one.
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

/** For any two names, one subset contains only the first, and another only the second. */
function partsOf(names: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let bit = 1; bit < names.length; bit <<= 1) {
    for (const side of [0, bit]) parts.push(names.filter((_, i) => (i & bit) === side));
  }
  return parts;
}

/** The differences that are allowed. */
export interface Allowance {
  /** Files that do not exist yet, by URI. */
  readonly added?: ReadonlyMap<string, string> | undefined;
  /** Root keys that may be added or removed. */
  readonly roots?: ReadonlySet<string> | undefined;
  /** True if the value may be another one while a variable is set. */
  readonly unset?: boolean;
}

export interface Outcome {
  readonly root: ConfigObject;
  readonly problems: readonly Problem[];
}

/**
 * The files after changes.
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

/** True if the values are the same and there is no new fault. */
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
