import type { Location, TextRange } from '../../text/location';
import { lex } from '../syntax/lexer';
import { bareType } from '../syntax/parse-value';
import { namesOf, type PathElement } from '../syntax/syntax';
import { TokenKind } from '../syntax/token';
import {
  type ArrayTree,
  type ConcatenationTree,
  type FieldTree,
  type IncludeTree,
  type ObjectTree,
  type ParsedTree,
  ScalarTree,
  type SubstitutionTree,
  type ValueTree,
} from '../syntax/tree';
import type { KeyPath } from '../values/config-value';
import type { IncludeChain, Included } from './build';
import {
  Concatenation,
  definitionOf,
  definitionOfPlain,
  ListValue,
  ObjectValue,
  Reference,
  type TextValue,
  type Value,
} from './deferred-value';
import type { IncludingFile } from './include-files';
import { joinPieces } from './join';
import { OWNED } from './merge';
import { objectOfProperties } from './path-map';
import type { ProblemLog } from './problem-log';

/** Deeper nesting overflows the reference's stack at its default size as well. */
const MAX_DEPTH = 1000;

/** The services that are needed to build the values of one file. */
export interface BuildOwner {
  readonly log: ProblemLog;
  /** All references in the built values. */
  readonly references: Reference[];
  /** Called for each `+=`. */
  appended(path: KeyPath, at: Location): void;
  include(node: IncludeTree, at: Location, including: IncludingFile, prefix: KeyPath, chain: IncludeChain): Included;
}

/** Builds the values of one file: merges entries, inserts includes and joins text. */
export class FileBuilder {
  /** The names on the way from the file's root to the current value. */
  private readonly path: string[] = [];
  /** The number of lists around the current value. */
  private lists = 0;
  private depth: number;
  private readonly uri: string;

  constructor(
    private readonly owner: BuildOwner,
    private readonly tree: ParsedTree,
    private readonly file: IncludingFile,
    /** The path that the file is included at. */
    private readonly prefix: KeyPath,
    private readonly chain: IncludeChain,
  ) {
    this.uri = file.uri;
    this.depth = prefix.length;
  }

  build(): ObjectValue {
    const root = this.tree.root.value;
    if (this.tree.syntax === 'properties') return objectOfProperties(this.uri, root as ObjectTree);
    if (root.kind === 'object') return this.object(root);
    const at = this.at(root);
    const wrong = this.owner.log.fail('hocon/root-array', 'The root of the file is a list. It must be an object.', at);
    const object = new ObjectValue(at, new Map());
    object.unknowns = [wrong.reason];
    return object;
  }

  private at(range: TextRange): Location {
    return { uri: this.uri, range: { start: range.start, end: range.end } };
  }

  private value(node: ValueTree): Value {
    switch (node.kind) {
      case 'scalar':
        return this.scalar(node);
      case 'object':
        return this.object(node);
      case 'array':
        return this.array(node);
      case 'substitution':
        return this.substitution(node);
      case 'concatenation':
        return this.concatenation(node);
    }
  }

  private scalar(node: ScalarTree): Value {
    const origin = this.at(node);
    switch (node.type) {
      case 'string':
        if (!node.droppable) return { kind: 'string', origin, value: node.value };
        return { kind: 'string', origin, value: node.value, droppable: true } satisfies TextValue;
      case 'number':
        return { kind: 'number', origin, value: Number(node.value), text: node.value };
      case 'boolean':
        return { kind: 'boolean', origin, value: node.value === 'true' };
      case 'null':
        return { kind: 'null', origin };
    }
  }

  private tooDeep(node: TextRange): Value {
    const message = `Values are nested more than ${MAX_DEPTH} levels deep. Canton's HOCON library runs out of stack.`;
    return this.owner.log.fail('hocon/too-deep', message, this.at({ start: node.start, end: node.start + 1 }));
  }

  private object(node: ObjectTree): ObjectValue {
    const object = new ObjectValue(this.at(node), new Map());
    if (node.broken !== undefined) object.unknowns = [this.owner.log.reason(node.broken)];
    for (const entry of node.entries) {
      if (entry.kind === 'field') this.field(entry, object);
      else this.include(entry, object);
    }
    return object;
  }

  private array(node: ArrayTree): Value {
    if (node.broken !== undefined) return this.owner.log.unknown(node.broken);
    if (this.depth >= MAX_DEPTH) return this.tooDeep(node);
    this.lists++;
    this.depth++;
    const items = node.elements.map((element) => this.value(element));
    this.depth--;
    this.lists--;
    return new ListValue(this.at(node), items);
  }

  private field(field: FieldTree, object: ObjectValue): void {
    if (isKeyInTheMaking(field)) return;
    const plain = field.path.plainName;
    if (plain !== undefined) {
      this.path.push(plain);
      this.depth++;
      const value = this.fieldValue(field);
      this.depth--;
      this.path.pop();
      this.missedValue(field);
      object.add(plain, { value, definitions: [definitionOfPlain(this.uri, field, value)], order: 0 }, OWNED);
      return;
    }
    const { elements } = field.path;
    const [first] = elements;
    if (first === undefined) return;
    if (this.depth + elements.length > MAX_DEPTH) {
      const value = this.tooDeep(field.path);
      object.add(first.name, { value, definitions: [definitionOf(this.uri, field, 0)], order: 0 }, OWNED);
      return;
    }
    for (const { name } of elements) this.path.push(name);
    this.depth += elements.length;
    let value = this.fieldValue(field);
    this.depth -= elements.length;
    this.path.length -= elements.length;
    this.missedValue(field);
    const { origin } = value;
    for (let i = elements.length - 1; i >= 0; i--) {
      const { name } = elements[i] as PathElement;
      const entry = { value, definitions: [definitionOf(this.uri, field, i)], order: 0 };
      if (i === 0) {
        object.add(name, entry, OWNED);
        return;
      }
      const around = new ObjectValue(origin, new Map());
      if (value.kind === 'object') around.earliest = value.earliest;
      around.add(name, entry, OWNED);
      value = around;
    }
  }

  /** The reference refuses what it reads as the value of the previous entry, once it has read all of it. */
  private missedValue(field: FieldTree): void {
    const { missedValues } = this.tree;
    const problem = missedValues.size > 0 ? missedValues.get(field) : undefined;
    if (problem !== undefined) this.owner.log.addOnLine(problem, field.start);
  }

  private fieldValue(field: FieldTree): Value {
    const { value: node, broken } = field;
    const isAppended = field.separator === '+=';
    if (isAppended && this.lists > 0) {
      const message = '"+=" does not work inside a list. Write the whole list here, or append outside the list.';
      return this.owner.log.fail('hocon/append-in-list', message, this.at(field), 'counted');
    }
    // As much of an object is read as possible; its own marks show what is missing.
    if (broken !== undefined && node?.kind !== 'object') return this.owner.log.unknown(broken);
    if (node === undefined) return { kind: 'null', origin: this.at(field) };
    if (this.depth > MAX_DEPTH) return this.tooDeep(node);
    if (!isAppended) return node.kind === 'object' ? this.object(node) : this.value(node);
    this.lists++;
    const item = this.value(node);
    this.lists--;
    const { origin } = item;
    const path = [...this.prefix, ...this.path];
    this.owner.appended(path, this.at(field.path));
    const before = this.reference(origin, path, true);
    return new Concatenation(origin, [before, new ListValue(origin, [item])]);
  }

  private substitution(node: SubstitutionTree): Value {
    if (node.broken !== undefined) {
      this.owner.log.add(node.broken);
      return this.owner.log.unknown(node.broken);
    }
    const path = [...this.prefix, ...namesOf(node.path)];
    return this.reference(this.at(node), path, node.optional);
  }

  private reference(origin: Location, path: KeyPath, optional: boolean): Reference {
    const reference = new Reference(origin, path, this.prefix.length, optional);
    this.owner.references.push(reference);
    return reference;
  }

  private concatenation(node: ConcatenationTree): Value {
    const pieces: Value[] = [];
    let before: ValueTree | undefined;
    for (const part of node.parts) {
      if (before !== undefined && before.end < part.start && isText(before) && isText(part)) {
        const range = { start: before.end, end: part.start };
        const value = this.tree.text.slice(range.start, range.end);
        pieces.push({ kind: 'string', origin: this.at(range), value, droppable: true } as TextValue);
      }
      const isUnquoted = part.kind === 'scalar' && part.style === 'unquoted';
      for (const piece of isUnquoted ? this.words(part) : [this.value(part)]) pieces.push(piece);
      before = part;
    }
    const origin = this.at(node);
    const joined = joinPieces(pieces);
    if ('conflict' in joined) return this.owner.log.conflict(joined.conflict, origin);
    const [only] = joined.pieces;
    return joined.pieces.length === 1 && only !== undefined ? only : new Concatenation(origin, joined.pieces);
  }

  /**
   * The tokens of an unquoted text one by one: after a list or an object, the reference judges each of them separately.
   */
  private words(node: ScalarTree): Value[] {
    if (node.type !== 'string' || node.droppable) return [this.scalar(node)];
    const { starts, kinds, count } = lex(node.value, true);
    const words: Value[] = [];
    for (let i = 0; i < count; i++) {
      const start = starts[i] as number;
      const end = starts[i + 1] as number;
      const kind = kinds[i] as TokenKind;
      const type = kind === TokenKind.Blank ? 'string' : bareType(kind);
      const text = node.value.slice(start, end);
      const isText = type === 'string';
      words.push(
        this.scalar(new ScalarTree(node, node.start + start, node.start + end, 'unquoted', type, text, isText)),
      );
    }
    return words;
  }

  private include(node: IncludeTree, object: ObjectValue): void {
    const at = this.at(node);
    const prefix = [...this.prefix, ...this.path];
    const { value, unknown } = this.owner.include(node, at, this.file, prefix, this.chain);
    if (value !== undefined) {
      if (this.lists > 0 && value.unresolved > 0) {
        const message = 'A file with substitutions cannot be included inside a list. Move the include out of the list.';
        this.owner.log.fail('hocon/include-in-list', message, at, 'counted');
      }
      const added = [...value.open].sort(([, a], [, b]) => a.order - b.order);
      for (const [key, entry] of added) object.add(key, entry, OWNED);
      object.addUnknowns(value.unknowns);
    }
    if (unknown !== undefined) object.addUnknowns([unknown]);
  }
}

/**
 * `kms.` and `kms.region` before `=`: the object around it is marked, and the existing content of `kms` stays known.
 */
function isKeyInTheMaking({ broken, separator, value, path }: FieldTree): boolean {
  if (broken === undefined || path.plainName !== undefined) return false;
  const isHalf = separator === undefined && value === undefined && path.elements.length > 1;
  return isHalf || path.elements.some(({ start, end }) => start === end);
}

function isText(node: ValueTree): boolean {
  return node.kind === 'scalar' || node.kind === 'substitution';
}
