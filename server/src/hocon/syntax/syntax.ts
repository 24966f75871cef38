import type { TextRange } from '../../text/location';
import type { Problem } from '../problem';

/** Which grammar a file is read with; Lightbend decides by extension. */
export type Syntax = 'conf' | 'json' | 'properties';

/**
 * The lossless tree of one version of one document. Parsing never fails: what is broken is in `problems`, and every
 * character belongs to a token, so that joining all tokens gives back the text.
 */
export interface SyntaxTree {
  readonly uri: string;
  readonly text: string;
  readonly syntax: Syntax;
  readonly root: DocumentNode;
  readonly problems: readonly Problem[];
}

interface NodeBase extends TextRange {
  /** Undefined only for the document. Set by the parser, so nodes can be walked upwards. */
  readonly parent: SyntaxNode | undefined;
}

/** The whole file. `value` is the root object; a root array is kept for navigation but is a problem in a Canton file. */
export interface DocumentNode extends NodeBase {
  readonly kind: 'document';
  readonly value: ObjectNode | ArrayNode;
}

/** `{ … }`, or the root without braces. */
export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  /** Undefined where the root has no braces. */
  readonly openBrace: TextRange | undefined;
  /** Undefined where the brace is missing. */
  readonly closeBrace: TextRange | undefined;
  readonly entries: readonly EntryNode[];
}

export type EntryNode = FieldNode | IncludeNode;

/** `path = value`, `path: value`, `path += value` or `path { … }`; half-typed fields have no separator or no value. */
export interface FieldNode extends NodeBase {
  readonly kind: 'field';
  readonly path: PathNode;
  readonly separator: '=' | ':' | '+=' | undefined;
  readonly separatorRange: TextRange | undefined;
  readonly value: ValueNode | undefined;
}

/** A key path, or the path inside a substitution. */
export interface PathNode extends NodeBase {
  readonly kind: 'path';
  readonly elements: readonly PathElement[];
}

/** One element of a path: `b` in `a.b."c"`; the range includes the quotes, `name` does not. */
export interface PathElement extends TextRange {
  readonly name: string;
  readonly quoted: boolean;
}

export interface IncludeNode extends NodeBase {
  readonly kind: 'include';
  readonly required: boolean;
  readonly method: 'heuristic' | 'file' | 'classpath' | 'url';
  /** The decoded string, empty where it is missing. */
  readonly target: string;
  /** The quoted string, quotes included; undefined where it is missing. */
  readonly targetRange: TextRange | undefined;
}

export type ValueNode = ObjectNode | ArrayNode | ConcatenationNode | ScalarNode | SubstitutionNode;

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  readonly elements: readonly ValueNode[];
  readonly closeBracket: TextRange | undefined;
}

/** Two or more values side by side; the blanks between them are between their ranges. */
export interface ConcatenationNode extends NodeBase {
  readonly kind: 'concatenation';
  readonly parts: readonly ValueNode[];
}

/** A literal as the lexer sees it; what an unquoted text means (number, boolean, null) is in `type`. */
export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly style: 'unquoted' | 'quoted' | 'triple-quoted';
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  /** Decoded text without quotes and escapes. */
  readonly value: string;
}

/** `${path}` or `${?path}`. */
export interface SubstitutionNode extends NodeBase {
  readonly kind: 'substitution';
  readonly optional: boolean;
  readonly path: PathNode;
}

export type SyntaxNode = DocumentNode | EntryNode | PathNode | ValueNode;

/** The innermost node at an offset; a node holds the offsets at both of its ends. */
export function nodeAt(tree: SyntaxTree, offset: number): SyntaxNode {
  let node: SyntaxNode = tree.root;
  for (;;) {
    const inner: SyntaxNode | undefined = childrenOf(node).find(({ start, end }) => start <= offset && offset <= end);
    if (inner === undefined) return node;
    node = inner;
  }
}

/** The nodes directly in a node, in the order of the text. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'document':
      return [node.value];
    case 'object':
      return node.entries;
    case 'array':
      return node.elements;
    case 'concatenation':
      return node.parts;
    case 'field':
      return node.value === undefined ? [node.path] : [node.path, node.value];
    case 'substitution':
      return [node.path];
    default:
      return [];
  }
}

/**
 * The keys from the root of its file to a node: for a field its own path included, for a value that of its field.
 * @returns undefined inside a list, where no path leads
 */
export function pathOf(node: SyntaxNode): string[] | undefined {
  const paths: PathNode[] = [];
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.kind === 'array' && at !== node) return undefined;
    if (at.kind === 'field') paths.push(at.path);
  }
  return paths.reverse().flatMap(({ elements }) => elements.map(({ name }) => name));
}

/** All entries of a document, also those in nested objects and lists, in the order of the text. */
export function* entriesOf(tree: SyntaxTree): Generator<EntryNode> {
  const open: SyntaxNode[] = [tree.root.value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'field' || node.kind === 'include') yield node;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) open.push(children[i] as SyntaxNode);
  }
}
