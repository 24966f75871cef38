import type { FieldNode, ObjectNode, SyntaxTree } from '../hocon/syntax/syntax';
import type { ConfigValue } from '../hocon/values/config-value';
import { entryAt } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { isFirstOnLine, lineIndent } from '../text/lines';
import { removals } from './entry-edits';
import {
  type HoconObject,
  type HoconValue,
  inlineObject,
  isObject,
  objectText,
  scalarText,
  styleNear,
  writable,
} from './hocon-text';
import {
  type EditableConfig,
  type InsertionPoint,
  insertion,
  insertionPointFor,
  lastOwnField,
  ownField,
  type WrittenField,
} from './insertion-point';

/** A change of the effective configuration of one node; paths begin at the root (`canton`). */
export type ConfigChange =
  | {
      /** The new value; other keys of an object stay. */
      readonly kind: 'set';
      readonly path: readonly string[];
      readonly value: HoconValue;
    }
  | {
      /** The object is replaced with this one. */
      readonly kind: 'replace';
      readonly path: readonly string[];
      readonly value: HoconObject;
    }
  | {
      readonly kind: 'remove';
      readonly path: readonly string[];
      /** The value that stands for "absent" if the current value comes from a shared fragment. */
      readonly otherwise: HoconValue;
    };

/**
 * The text changes that have exactly the effect of `changes`: in the files and the style of the node, and never in a
 * fragment that other nodes share. Changes without effect are left out. Undefined if none of the available files
 * contains the place to write.
 */
export function editConfig(source: EditableConfig, changes: readonly ConfigChange[]): TextChange[] | undefined {
  const editor = new Editor(source);
  // Nothing may be inserted after a removed entry.
  for (const change of changes) if (change.kind === 'remove') editor.clear(change);
  for (const change of changes) if (change.kind === 'replace') editor.clear(change);
  for (const change of changes) if (change.kind === 'set') editor.set(change.path, change.value);
  return editor.finish();
}

class Editor {
  private readonly done: TextChange[] = [];
  private readonly removed = new Set<FieldNode>();
  private readonly removedIn = new Map<SyntaxTree, Set<FieldNode>>();
  private readonly inserts: { readonly point: InsertionPoint; readonly entries: Entries }[] = [];
  private failed = false;

  constructor(private readonly source: EditableConfig) {}

  finish(): TextChange[] | undefined {
    if (this.failed) return undefined;
    const inserted = this.inserts.map(({ point, entries }) => insertion(point, toObject(entries)));
    const removed = [...this.removedIn].flatMap(([tree, fields]) => removals(tree, fields));
    return [...inserted, ...this.done, ...removed];
  }

  clear(change: Exclude<ConfigChange, { kind: 'set' }>): void {
    const { path } = change;
    const definitions = entryAt(this.source.config, path)?.definitions ?? [];
    const own = definitions.map((definition) => ownField(this.source, path, definition));
    if (change.kind === 'replace') this.replaceAll(path, change.value, own);
    else if (own.includes(undefined)) this.set(path, change.otherwise);
    else for (const written of own) if (written !== undefined) this.remove(written);
  }

  private replaceAll(path: readonly string[], value: HoconObject, own: readonly (WrittenField | undefined)[]): void {
    const [first, ...others] = own.filter((written) => written !== undefined);
    const isWhole = first !== undefined && first.index === first.field.path.elements.length - 1;
    if (!isWhole || own.includes(undefined)) {
      for (const written of [first, ...others]) if (written !== undefined) this.remove(written);
      this.insert(path, value);
      return;
    }
    this.write(first, value);
    for (const written of others) this.remove(written);
  }

  set(path: readonly string[], value: HoconValue): void {
    const effective = entryAt(this.source.config, path)?.value;
    if (effective?.kind === 'object' && isObject(value)) {
      for (const [key, inner] of Object.entries(value)) this.set([...path, key], inner);
      return;
    }
    if (effective !== undefined && isSame(effective, value)) return;
    const own = lastOwnField(this.source, path);
    const isWhole = own !== undefined && own.index === own.field.path.elements.length - 1;
    if (isWhole && own.field.separator !== '+=' && own.field.value !== undefined) this.write(own, value);
    else this.insert(path, value);
  }

  /** Replaces the value of a field. */
  private write({ tree, field }: WrittenField, value: HoconValue): void {
    const old = field.value;
    if (old === undefined) return;
    const style = styleNear(tree, field.parent as ObjectNode);
    const isAlone = isFirstOnLine(tree.text, field.start);
    const newText = !isObject(value)
      ? scalarText(value, style.syntax)
      : isAlone
        ? objectText(value, style, lineIndent(tree.text, field.start))
        : inlineObject(value, style);
    // Only a brace may directly follow a key.
    const needsSeparator = field.separator === undefined && !isObject(value);
    const start = needsSeparator ? field.path.end : old.start;
    const range = { start, end: old.end };
    this.done.push({ uri: tree.uri, range, newText: needsSeparator ? style.separator + newText : newText });
  }

  private remove({ tree, field }: WrittenField): void {
    this.removed.add(field);
    this.removedIn.set(tree, (this.removedIn.get(tree) ?? new Set()).add(field));
  }

  /** Entries for the same place are written together. */
  private insert(path: readonly string[], value: HoconValue): void {
    const found = insertionPointFor(this.source, path, this.removed);
    const written = found && writable({ value }, found.point.tree.syntax)?.value;
    if (found === undefined || written === undefined) {
      this.failed = true;
      return;
    }
    const { point, rest } = found;
    let group = this.inserts.find((one) => isSamePoint(one.point, point));
    if (group === undefined) {
      group = { point, entries: new Map() };
      this.inserts.push(group);
    }
    add(group.entries, rest, written);
  }
}

/** Points after the same entry differ in the keys at the beginning of the entry. */
function isSamePoint(a: InsertionPoint, b: InsertionPoint): boolean {
  return a.object === b.object && a.after === b.after && a.prefix.join('\n') === b.prefix.join('\n');
}

type Entries = Map<string, HoconValue | Entries>;

function add(entries: Entries, path: readonly string[], value: HoconValue): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  const known = entries.get(key);
  const inner: Entries = known instanceof Map ? known : new Map();
  if (isObject(value) && rest.length === 0) {
    for (const [name, one] of Object.entries(value)) add(inner, [name], one);
    entries.set(key, inner);
  } else if (rest.length > 0) {
    add(inner, rest, value);
    entries.set(key, inner);
  } else {
    entries.set(key, value);
  }
}

function toObject(entries: Entries): HoconObject {
  return Object.fromEntries([...entries].map(([key, value]) => [key, value instanceof Map ? toObject(value) : value]));
}

/** True for an effective scalar that already has the value to be written. */
function isSame(effective: ConfigValue, value: HoconValue): boolean {
  switch (effective.kind) {
    case 'string':
    case 'boolean':
      return effective.value === value || String(effective.value) === value;
    case 'number':
      return effective.text === String(value);
    case 'null':
      return value === null;
    default:
      return false;
  }
}
