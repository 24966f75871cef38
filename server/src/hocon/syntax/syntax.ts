import type { TextRange } from '../../text/location';
import type { Problem } from '../problem';

/** The grammar that a file is read with; Lightbend config decides by extension. */
export type Syntax = 'conf' | 'json' | 'properties';

/**
 * The lossless tree of one version of one document. Parsing never fails: the faults are in `problems`, and every
 * character belongs to a token, so that joining all tokens returns the text.
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

/**
 * The whole file. `value` is the root object; a root array is kept for navigation but is a problem in a Canton file.
 */
export interface DocumentNode extends NodeBase {
  readonly kind: 'document';
  readonly value: ObjectNode | ArrayNode;
}

/** `{ … }`, or the root without braces. */
export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  /** Undefined if the root has no braces. */
  readonly openBrace: TextRange | undefined;
  /** Undefined if the brace is missing. */
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
  /** The decoded string, empty if it is missing. */
  readonly target: string;
  /** The quoted string, quotes included; undefined if it is missing. */
  readonly targetRange: TextRange | undefined;
}

export type ValueNode = ObjectNode | ArrayNode | ConcatenationNode | ScalarNode | SubstitutionNode;

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  readonly elements: readonly ValueNode[];
  readonly closeBracket: TextRange | undefined;
}

/** Two or more adjacent values; the blanks between them are not part of their ranges. */
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

/** The nodes directly below a node, in the order of the text. */
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
 * Every node, parents before children, in the order of the text. It keeps its own stack, because nesting has no limit.
 */
export function* walk(root: SyntaxNode): Generator<SyntaxNode> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as SyntaxNode);
  }
}

/** All entries of a document, also those in nested objects and lists, in the order of the text. */
export function* entriesOf(tree: SyntaxTree): Generator<EntryNode> {
  for (const node of walk(tree.root.value)) if (node.kind === 'field' || node.kind === 'include') yield node;
}

/** The innermost node at an offset; a node includes the offsets at both of its ends. */
export function nodeAt(tree: SyntaxTree, offset: number): SyntaxNode {
  let node: SyntaxNode = tree.root;
  for (;;) {
    const child = childAt(node, offset);
    if (child === undefined) return node;
    node = child;
  }
}

/** If two nodes meet at the offset, the first one is used, because it was just typed. */
function childAt(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  const children = childrenOf(node);
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle] as SyntaxNode).end < offset) low = middle + 1;
    else high = middle;
  }
  const child = children[low];
  return child !== undefined && child.start <= offset && offset <= child.end ? child : undefined;
}

/** The objects that a value writes: the value itself, or parts of a concatenation. */
export function objectsIn(value: ValueNode | undefined): readonly ObjectNode[] {
  if (value?.kind === 'object') return [value];
  if (value?.kind === 'concatenation') return value.parts.filter((part) => part.kind === 'object');
  return [];
}

/** The names in the path of a field or substitution, as they are decoded from the text. */
export function namesOf({ elements }: PathNode): string[] {
  return elements.map(({ name }) => name);
}

/**
 * The keys from the root of its file to a node: including the path of the field itself, or for a value that of its
 * field.
 * @returns undefined inside a list, because paths do not lead into lists
 */
export function pathOf(node: SyntaxNode): string[] | undefined {
  const paths: PathNode[] = [];
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.kind === 'array' && at !== node) return undefined;
    if (at.kind === 'field') paths.push(at.path);
  }
  return paths.reverse().flatMap(namesOf);
}

/** The same as `pathOf`, also inside a list, whose elements have their numbers as names. */
export function placeOf(node: SyntaxNode): string[] {
  const names: string[][] = [];
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    const { parent }: SyntaxNode = at;
    const child: SyntaxNode = at;
    if (parent?.kind === 'array')
      names.push([String(parent.elements.findIndex((element) => element.start === child.start))]);
    if (at.kind === 'field') names.push(namesOf(at.path));
  }
  return names.reverse().flat();
}

const knownSubstitutions = new WeakMap<SyntaxTree, readonly SubstitutionNode[]>();

/** The substitutions of a tree, in the order of the text; a tree is searched once. */
export function substitutionsIn(tree: SyntaxTree): readonly SubstitutionNode[] {
  const known = knownSubstitutions.get(tree);
  if (known !== undefined) return known;
  const found: SubstitutionNode[] = [];
  for (const { index, 0: opening } of tree.text.matchAll(/\$\{/g)) {
    // In a comment or a quoted string, the characters are not a substitution.
    let node: SyntaxNode | undefined = nodeAt(tree, index + opening.length);
    while (node !== undefined && node.kind !== 'substitution') node = node.parent;
    if (node?.start === index) found.push(node);
  }
  knownSubstitutions.set(tree, found);
  return found;
}
