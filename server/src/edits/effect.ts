import type { TextChange } from '../canton/diagnostic';
import { evaluate } from '../hocon/evaluate';
import { parse } from '../hocon/parse';
import type { Problem } from '../hocon/problem';
import type { Environment, RootFile, Sources } from '../hocon/source';
import type { Syntax } from '../hocon/syntax';
import type { ConfigObject, ConfigValue, Unknown } from '../hocon/value';
import { applyChanges } from './apply';

/** What is evaluated together. */
export interface Launched {
  readonly roots: readonly RootFile[];
  readonly sources: Sources;
  readonly environment: Environment;
}

/** Says whether changes of texts leave the effective configuration as it is. */
export class Effect {
  /** With what may be set in the node's environment, with nothing more than is known, and with all that is asked for. */
  private readonly environments: readonly Environment[];
  private before: readonly Outcome[] | undefined;

  constructor(private readonly launched: Launched) {
    const { environment, sources } = launched;
    const { variables } = environment;
    const set = new Map([...variablesIn(sources)].map((name) => [name, variables.get(name) ?? `the ${name}`]));
    this.environments = [{ variables, closed: true }, environment, { variables: set, closed: true }];
  }

  keeps(changes: readonly TextChange[], { added, roots = new Set(), unset = false }: Allowance = {}): boolean {
    this.before ??= this.environments.map((environment) => this.outcome(this.launched.sources, environment));
    const sources = withChanges(this.launched.sources, changes, added);
    return this.environments.every((environment, i) => {
      if (unset && i > 0) return true;
      return isKept(this.before?.[i] as Outcome, this.outcome(sources, environment), roots);
    });
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
      const tree = trees.get(id) ?? parse(uri, text, syntax);
      trees.set(id, tree);
      return tree;
    },
  };
}

/** The same values, and no fault that was not there before. */
function isKept(before: Outcome, after: Outcome, roots: ReadonlySet<string>): boolean {
  const faults = new Map<string, number>();
  for (const { code } of before.problems) faults.set(code, (faults.get(code) ?? 0) + 1);
  for (const { code } of after.problems) {
    const left = (faults.get(code) ?? 0) - 1;
    if (left < 0) return false;
    faults.set(code, left);
  }
  return new Comparison().isSameObject(before.root, after.root, roots);
}

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
