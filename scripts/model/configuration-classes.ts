import type { ClassData, ConfigurationData } from '../../schemas/configuration-data';
import { LEAVES } from '../../schemas/scala-leaves';
import { type Declaration, lastOf, type Parameter, readScala, type ScalaSource } from './scala-source';

/** A class with the file that it was read in. */
interface Known {
  readonly file: string;
  readonly source: ScalaSource;
  readonly declaration: Declaration;
}

export interface Reading {
  readonly data: ConfigurationData;
  /** Types that are neither a class of the checkout nor a value that is known, with the key that has them. */
  readonly unread: readonly string[];
}

const WRAPPERS = new Set(['Option', 'Seq', 'List', 'Set', 'NonEmpty', 'Map', 'NonNegativeNumeric', 'PositiveNumeric']);

/**
 * Every class that can be reached from a root, through the types of its parameters and the classes of a sealed family.
 *
 * @param files the texts of Scala files by the name that they get in the data
 */
export function readClasses(files: ReadonlyMap<string, string>, root: string): Reading {
  const byLastName = new Map<string, Known[]>();
  const sources = new Map([...files].map(([file, text]) => [file, readScala(text)]));
  for (const [file, source] of sources) {
    for (const declaration of source.declarations) {
      const last = declaration.name.slice(declaration.name.lastIndexOf('.') + 1);
      byLastName.set(last, [...(byLastName.get(last) ?? []), { file, source, declaration }]);
    }
  }
  const deprecations = [...sources.values()].flatMap((source) => source.deprecations);
  const enumerations = new Set([...sources.values()].flatMap((source) => [...source.enumerations]));
  const found = new Map<string, { readonly file: string; readonly data: ClassData }>();
  const unread = new Set<string>();
  const open: Known[] = (byLastName.get(root) ?? []).filter(({ declaration }) => declaration.kind !== 'object');
  for (let known = open.pop(); known !== undefined; known = open.pop()) {
    const name = shortName(known.declaration);
    if (!found.has(name)) found.set(name, { file: known.file, data: dataOf(known) });
  }
  const result: Record<string, Record<string, ClassData>> = {};
  for (const [name, { file, data }] of found) result[file] = { ...result[file], [name]: data };
  return { data: { root, files: result }, unread: [...unread].sort() };

  function dataOf(known: Known): ClassData {
    const old = deprecations.filter((one) => isA(known, one.of));
    const moved = Object.assign({}, ...old.map((one) => one.moved));
    const dropped = Object.assign({}, ...old.map((one) => one.dropped));
    return {
      ...(known.declaration.kind === 'family' ? familyOf(known) : { keys: keysOf(known) }),
      ...(Object.keys(moved).length > 0 && { moved }),
      ...(Object.keys(dropped).length > 0 && { dropped }),
    };
  }

  /** Whether a class has a name, or extends a trait that has it; a sealed family has keys of its own. */
  function isA({ declaration }: Known, name: string, depth = 0): boolean {
    if (lastOf(declaration.name) === name) return depth === 0 || !declaration.isSealed;
    if (depth > 5) return false;
    return declaration.parents.some((parent) =>
      (byLastName.get(lastOf(parent)) ?? []).some(
        (one) => one.declaration.kind !== 'object' && isA(one, name, depth + 1),
      ),
    );
  }

  function familyOf(known: Known): ClassData {
    const members = membersOf(known);
    if (enumerations.has(lastOf(known.declaration.name)))
      return { words: members.map(({ declaration }) => kebab(lastOf(declaration.name))) };
    for (const member of members) if (member.declaration.kind === 'class') open.push(member);
    const options = members.map(
      ({ declaration }) => [kebab(lastOf(declaration.name)), shortName(declaration)] as const,
    );
    return { options: Object.fromEntries(options) };
  }

  /** The classes of a family, also those of families in it; those of an open one may be in other files. */
  function membersOf(known: Known): readonly Known[] {
    const own = lastOf(known.declaration.name);
    const extending = (file: string, source: ScalaSource) =>
      source.declarations
        .filter(({ parents }) => parents.some((parent) => lastOf(parent) === own))
        .map((declaration) => ({ file, source, declaration }));
    const near = extending(known.file, known.source);
    const members = near.length > 0 ? near : [...sources].flatMap(([file, source]) => extending(file, source));
    return members.flatMap((member) => (member.declaration.kind === 'family' ? membersOf(member) : member));
  }

  function keysOf(known: Known): Record<string, string> {
    const keys: Record<string, string> = {};
    for (const parameter of known.declaration.parameters) keys[kebab(parameter.name)] = keyOf(known, parameter);
    return keys;
  }

  function keyOf(known: Known, { name, type, default: value }: Parameter): string {
    const resolved = typeOf(known, type, name);
    if (value === undefined || value === 'None') return resolved;
    const own = type.replace(/^Option\[(.*)\]$/, '$1');
    const constant = constantOf(known, value);
    const isConstructor = value === `${own}()` || value === `${lastOf(own)}()`;
    return `${resolved} = ${isConstructor ? '()' : (constant ?? value)}`;
  }

  /** The meaning of a name; undefined if it is ambiguous. */
  function constantOf({ source, declaration }: Known, name: string): string | undefined {
    if (!/^[\w.]+$/.test(name)) return undefined;
    const own = scopesOf(declaration.name).map((scope) =>
      source.constants.get(scope === '' ? name : `${scope}.${name}`),
    );
    const near = own.find((one) => one !== undefined);
    if (near !== undefined) return simple(near);
    const all = [...source.constants].filter(([full]) => full === name || full.endsWith(`.${name}`));
    return all.length === 1 ? simple(all[0]?.[1]) : undefined;
  }

  function typeOf(known: Known, type: string, key: string): string {
    return type.replace(/[\w.]+/g, (name) => {
      const last = lastOf(name);
      // A parameter of the class itself.
      if (/^[A-Z]$/.test(name)) return name;
      if (WRAPPERS.has(last) || last in LEAVES || /^(InstanceName|BytesUnit)$/.test(last)) return last;
      const target = resolve(known, name);
      if (target === undefined) {
        unread.add(`${known.declaration.name}.${kebab(key)}: ${name}`);
        return last;
      }
      open.push(target);
      return shortName(target.declaration);
    });
  }

  /** Searches the scopes around a name, then the file, then renamed imports, then all files. */
  function resolve(known: Known, name: string, depth = 0): Known | undefined {
    const last = lastOf(name);
    const isMeant = ({ declaration }: Known) => declaration.kind !== 'object';
    const candidates = (byLastName.get(last) ?? []).filter(isMeant);
    const scopes = scopesOf(known.declaration.name);
    const near = scopes.map((scope) => (scope === '' ? name : `${scope}.${name}`));
    const own = candidates.filter(({ file }) => file === known.file);
    const best =
      near.flatMap((full) => own.find(({ declaration }) => declaration.name === full) ?? [])[0] ??
      candidates.find(({ declaration }) => declaration.name === name) ??
      candidates.find(({ declaration }) => declaration.name.endsWith(`.${name}`)) ??
      candidates[0];
    const meant = known.source.renamed.get(last);
    if (best === undefined) return meant === undefined || depth > 3 ? undefined : resolve(known, meant, depth + 1);
    return best.declaration.kind === 'alias' && depth < 4 ? resolve(best, best.declaration.target, depth + 1) : best;
  }
}

/** `A.B`, `A`, and nothing: where a name may be declared that is used in `A.B`. */
function scopesOf(name: string): readonly string[] {
  const parts = name.split('.');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('.')), ''];
}

/** The name with the innermost enclosing object, as in the data. */
function shortName({ name }: Declaration): string {
  return name.split('.').slice(-2).join('.');
}

/** A constant that is a single value; for longer ones, the name is more informative. */
function simple(constant: string | undefined): string | undefined {
  return constant !== undefined &&
    /^[\w."]+(?:\([\w."* ]*\)|\((?:\w+\.)*\w+\([\w."* ]*\)\))?$|^[\d_]+(?: \* [\d_]+)+$/.test(constant)
    ? constant
    : undefined;
}

/** PureConfig also treats a digit as a word. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, before, after, single) =>
      single === undefined ? `${before}-${after}` : `${single}-`,
    )
    .replace(/([a-zA-Z])(?=[0-9])|([0-9])(?=[a-zA-Z])/g, '$&-')
    .toLowerCase();
}
