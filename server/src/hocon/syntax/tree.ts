import type { TextRange } from '../../text/location';
import type { Problem } from '../problem';
import type {
  ArrayNode,
  ConcatenationNode,
  DocumentNode,
  EntryNode,
  FieldNode,
  IncludeNode,
  ObjectNode,
  PathElement,
  PathNode,
  ScalarNode,
  SubstitutionNode,
  Syntax,
  SyntaxNode,
  SyntaxTree,
  ValueNode,
} from './syntax';
import type { TokenList } from './token';

/*
 * The parser's own nodes. In addition to the contract in `syntax`, they record where something is broken, and data that
 * only the evaluator needs. Rarely used positions are stored as offsets.
 */

export class DocumentTree implements DocumentNode {
  readonly kind = 'document';
  readonly parent = undefined;
  value!: ObjectTree | ArrayTree;
  readonly start = 0;
  constructor(readonly end: number) {}
}

/** Never changed: the first entry creates a list for the object. */
const NO_ENTRIES: EntryTree[] = [];

export class ObjectTree implements ObjectNode {
  readonly kind = 'object';
  entries: EntryTree[] = NO_ENTRIES;
  end!: number;
  closeStart = -1;
  /** Set where text inside this object could not be read, so that keys may be missing. */
  broken: Problem | undefined = undefined;
  constructor(
    public parent: SyntaxNode | undefined,
    readonly start: number,
    readonly hasOpenBrace: boolean,
  ) {}
  /**
   * A growing list reserves space for more entries than most objects have, so a single entry gets a list of its exact
   * size.
   */
  add(entry: EntryTree): void {
    if (this.entries.length === 0) this.entries = [entry];
    else this.entries.push(entry);
  }
  /** After the last entry. */
  trim(): void {
    if (this.entries.length > 1) this.entries = this.entries.slice();
  }
  get openBrace(): TextRange | undefined {
    return this.hasOpenBrace ? { start: this.start, end: this.start + 1 } : undefined;
  }
  get closeBrace(): TextRange | undefined {
    return this.closeStart === -1 ? undefined : { start: this.closeStart, end: this.closeStart + 1 };
  }
}

export class ArrayTree implements ArrayNode {
  readonly kind = 'array';
  readonly elements: ValueTree[] = [];
  end!: number;
  closeStart = -1;
  broken: Problem | undefined = undefined;
  constructor(
    public parent: SyntaxNode | undefined,
    readonly start: number,
  ) {}
  get closeBracket(): TextRange | undefined {
    return this.closeStart === -1 ? undefined : { start: this.closeStart, end: this.closeStart + 1 };
  }
}

export class FieldTree implements FieldNode {
  readonly kind = 'field';
  path!: PathTree;
  separator: '=' | ':' | '+=' | undefined = undefined;
  separatorStart = -1;
  value: ValueTree | undefined = undefined;
  /** Set where the value could not be read. */
  broken: Problem | undefined = undefined;
  constructor(
    readonly parent: ObjectTree,
    readonly start: number,
    public end: number,
  ) {}
  get separatorRange(): TextRange | undefined {
    if (this.separator === undefined) return undefined;
    return { start: this.separatorStart, end: this.separatorEnd };
  }
  /** Only if there is a separator. */
  get separatorEnd(): number {
    return this.separatorStart + (this.separator as string).length;
  }
}

export class PathTree implements PathNode {
  readonly kind = 'path';
  constructor(
    readonly parent: SyntaxNode,
    readonly start: number,
    readonly end: number,
    private names: PathNames,
  ) {}
  /** The name, if the whole path is one plain name; undefined if it is not, or if this is no longer known. */
  get plainName(): string | undefined {
    const { names, start, end } = this;
    return typeof names === 'string' ? names.slice(start, end) : undefined;
  }
  get elements(): readonly PathElement[] {
    const { names, start, end } = this;
    if (typeof names !== 'string') return names;
    const elements = [{ start, end, name: names.slice(start, end), quoted: false }];
    this.names = elements;
    return elements;
  }
}

/**
 * The elements of a path. For a plain name, it is the text that contains it, since most paths are plain names whose
 * elements are never requested.
 */
export type PathNames = readonly PathElement[] | string;

export class IncludeTree implements IncludeNode {
  readonly kind = 'include';
  required = false;
  method: 'heuristic' | 'file' | 'classpath' | 'url' = 'heuristic';
  target = '';
  targetRange: TextRange | undefined = undefined;
  broken: Problem | undefined = undefined;
  constructor(
    readonly parent: ObjectTree,
    readonly start: number,
    public end: number,
  ) {}
}

export class ConcatenationTree implements ConcatenationNode {
  readonly kind = 'concatenation';
  constructor(
    readonly parent: SyntaxNode,
    readonly parts: readonly ValueTree[],
  ) {}
  get start(): number {
    return (this.parts[0] as ValueTree).start;
  }
  get end(): number {
    return (this.parts[this.parts.length - 1] as ValueTree).end;
  }
}

export class ScalarTree implements ScalarNode {
  readonly kind = 'scalar';
  constructor(
    public parent: SyntaxNode,
    readonly start: number,
    readonly end: number,
    readonly style: 'unquoted' | 'quoted' | 'triple-quoted',
    readonly type: 'string' | 'number' | 'boolean' | 'null',
    readonly value: string,
    /** True for a single unquoted text, which the reference drops after a list or an object. */
    readonly droppable: boolean,
  ) {}
}

export class SubstitutionTree implements SubstitutionNode {
  readonly kind = 'substitution';
  path!: PathTree;
  end: number;
  broken: Problem | undefined = undefined;
  constructor(
    public parent: SyntaxNode,
    readonly start: number,
    readonly optional: boolean,
  ) {
    this.end = start;
  }
}

type EntryTree = FieldTree | IncludeTree;
export type ValueTree = ObjectTree | ArrayTree | ConcatenationTree | ScalarTree | SubstitutionTree;

/** The parser's tree. */
export interface ParsedTree extends SyntaxTree {
  readonly root: DocumentTree;
  readonly problems: readonly Problem[];
  /** Undefined for `.properties`, which has other tokens. */
  readonly tokens: TokenList | undefined;
  /** Entries that follow one without a value, with the fault that the reference finds after reading them. */
  readonly missedValues: ReadonlyMap<FieldTree, Problem>;
  /** The number of leading `problems` that Lightbend config finds before it evaluates any value. */
  readonly grammarProblems: number;
}

export type { EntryNode, Syntax, ValueNode };
