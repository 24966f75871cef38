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
