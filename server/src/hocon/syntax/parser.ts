import type { Problem } from '../problem';
import { type ErrorHandler, GrammarError, GrammarFault, State } from './grammar';
import { quotedValue, readPath } from './key-path';
import { isOnOneLine, tokenStartingAt } from './layout';
import { addPart, Frame, finishValue, readScalar, readSubstitution } from './parse-value';
import { endOfKey, isForbiddenInJson, isSimple, separatorOf, TokenKind, type TokenList } from './token';
import {
  ArrayTree,
  DocumentTree,
  FieldTree,
  IncludeTree,
  ObjectTree,
  PathTree,
  type ScalarTree,
  type ValueTree,
} from './tree';

const NO_NAME = 'Missing file name after include. Write it in double quotes, as in include "name.conf".';

const METHODS = { 'url(': 'url', 'file(': 'file', 'classpath(': 'classpath' } as const;

/**
 * Reads an include; the parser is at the keyword. If it violates the grammar, the parser stays at the unexpected token,
 * and the node has a problem.
 *
 * The reference sees `required(file(` and `))` as single unquoted texts, so blanks before a parenthesis are faults, and
 * blanks after it are not.
 */
function readInclude(parser: Parser, parent: ObjectTree): IncludeTree {
  const node = new IncludeTree(parent, parser.start(), parser.end());
  parser.at++;
  const mistake = readTarget(parser, node);
  if (mistake === undefined) return node;
  const { uri } = parser;
  // While it is incomplete, it has consumed the first word of the next line as its file.
  const isLater = parser.tokens.text.slice(node.end, parser.start()).includes('\n');
  const message = isLater && node.targetRange === undefined ? NO_NAME : mistake;
  const range = { start: node.start, end: isLater ? node.end : Math.max(node.end, parser.start()) };
  node.broken = { code: 'hocon/bad-include', severity: 'error', message, uri, range };
  return node;
}

function readTarget(parser: Parser, node: IncludeTree): string | undefined {
  let word = nextWord(parser);
  if (word.startsWith('required(')) {
    node.required = true;
    word = word.slice('required('.length);
    parser.at++;
    if (word === '') word = nextWord(parser);
  }
  let rest = '';
  const opening = word.slice(0, word.indexOf('(') + 1);
  const method = METHODS[opening as keyof typeof METHODS];
  if (method !== undefined) {
    if (word !== opening) return `"${word}" is not a file name. Write it in double quotes.`;
    node.method = method;
    // A word after `required(` was consumed as well.
    if (parser.kind() === TokenKind.Unquoted) parser.at++;
    if (!readName(parser, node))
      return `Missing name in ${method}(). Write it in double quotes, as in include ${method}("name").`;
    const closing = nextWord(parser);
    if (!closing.startsWith(')')) return `Missing ")" after "${node.target}".`;
    rest = closing.slice(1);
    node.end = parser.start() + 1;
    if (rest === '') parser.at++;
  } else if (word !== '') {
    return `"${word}" cannot follow include. Write a file name in double quotes, or file("…"), classpath("…") or url("…").`;
  } else if (!readName(parser, node)) {
    return NO_NAME;
  }
  if (!node.required) return rest === '' ? undefined : `Unexpected "${rest}" after the include.`;
  if (rest === '') rest = nextWord(parser);
  if (rest !== ')') return `Missing ")" after "${node.target}".`;
  node.end = parser.end();
  parser.at++;
  return undefined;
}

/** The current unquoted text without blanks; empty if the current token is another one. */
function nextWord(parser: Parser): string {
  if (parser.next() !== TokenKind.Unquoted) return '';
  return parser.tokens.text.slice(parser.start(), parser.end());
}

function readName(parser: Parser, node: IncludeTree): boolean {
  const kind = parser.next();
  if (kind < TokenKind.Quoted || kind > TokenKind.TripleQuoted) return false;
  const start = parser.start();
  const end = parser.end();
  node.target = quotedValue(parser.tokens.text, kind, start, end);
  node.targetRange = { start, end };
  node.end = end;
  parser.at++;
  return true;
}

/**
 * The grammar of HOCON and JSON over the tokens of a file. It keeps its own stack of containers, so that only memory
 * limits the nesting.
 */
export class Parser {
  readonly document: DocumentTree;
  /** The token to be read next. */
  at = 0;
  frame!: Frame;
  /**
   * The token at which the reference last set its line counter, and the newlines counted since then. The counter is
   * correct only after such tokens, and appears in error messages.
   */
  lineToken = 0;
  lineExtra = 0;
  /** Entries that follow one without a value, with the fault that the reference finds after reading them. */
  readonly missedValues = new Map<FieldTree, Problem>();
  /** Faults inside `${}`, which the reference finds only after it has parsed the whole file. */
  readonly valueProblems: Problem[] = [];

  constructor(
    readonly uri: string,
    readonly tokens: TokenList,
    readonly isJson: boolean,
    readonly handler: ErrorHandler,
  ) {
    this.document = new DocumentTree(tokens.text.length);
  }

  kind(token = this.at): TokenKind {
    return this.tokens.kinds[token] as TokenKind;
  }

  start(token = this.at): number {
    return this.tokens.starts[token] as number;
  }

  end(token = this.at): number {
    return this.tokens.starts[token + 1] as number;
  }

  /** Advances to the next token that is not a blank, newline or comment. */
  next(): TokenKind {
    const kinds = this.tokens.kinds;
    for (;;) {
      const kind = kinds[this.at] as TokenKind;
      if (kind === TokenKind.Newline) {
        this.lineToken = this.at;
        this.lineExtra = 1;
      } else if (kind !== TokenKind.Blank && kind !== TokenKind.Comment) {
        if (kind >= TokenKind.Substitution && !(this.isJson && isForbiddenInJson(kind))) {
          this.lineToken = this.at;
          this.lineExtra = 0;
        }
        return kind;
      }
      this.at++;
    }
  }

  /** Reads the whole text. Afterwards, `document` is complete. */
  run(): void {
    const kind = this.next();
    const start = this.start();
    if (kind === TokenKind.OpenBracket) {
      const array = new ArrayTree(this.document, start);
      this.document.value = array;
      this.frame = new Frame(array, undefined);
      this.at++;
      this.loop(State.Item);
      return;
    }
    const hasBrace = kind === TokenKind.OpenBrace;
    const object = new ObjectTree(this.document, hasBrace ? start : 0, hasBrace);
    this.document.value = object;
    this.frame = new Frame(object, undefined);
    if (hasBrace) this.at++;
    else if (this.isJson) this.handler.fault(this, GrammarFault.NoRoot, this.at);
    this.loop(State.Item);
  }

  private loop(state: State): void {
    for (;;) {
      switch (state) {
        case State.Item:
          this.handler.beforeItem(this);
          state = this.frame.isArray ? this.element() : this.entry();
          break;
        case State.Value:
          state = this.value();
          break;
        case State.After:
          state = this.after();
          break;
        default:
          return;
      }
    }
  }

  private entry(): State {
    const kind = this.next();
    const frame = this.frame;
    if (kind === TokenKind.CloseBrace && frame.isBraced && !(this.isJson && frame.afterComma)) {
      return this.close();
    }
    if (kind === TokenKind.End && !frame.isBraced) return this.endRoot();
    if (isSimple(kind) && (!this.isJson || kind <= TokenKind.TripleQuoted)) {
      return !this.isJson && this.isInclude(kind) ? this.include() : this.field();
    }
    return this.handler.error(this, GrammarError.Entry, this.at);
  }

  private isInclude(kind: TokenKind): boolean {
    const start = this.start();
    return kind === TokenKind.Unquoted && this.end() - start === 7 && this.tokens.text.startsWith('include', start);
  }

  private include(): State {
    const include: IncludeTree = readInclude(this, this.frame.object);
    this.frame.object.add(include);
    // A token that cannot follow the field is not part of it.
    this.frame.field = undefined;
    this.frame.afterComma = false;
    if (include.broken === undefined) return State.After;
    return this.handler.error(this, GrammarError.Include, this.at);
  }

  private field(): State {
    const first = this.at;
    const end = this.isJson ? first + 1 : endOfKey(this.tokens.kinds, first);
    const field = new FieldTree(this.frame.object, this.start(first), this.start(end));
    const { names, hasEmptyElement } = readPath(this.tokens, first, end);
    field.path = new PathTree(field, field.start, field.end, names);
    this.frame.object.add(field);
    this.frame.field = field;
    this.at = end;
    if (hasEmptyElement) this.handler.fault(this, GrammarFault.EmptyPathElement, first);
    const kind = this.next();
    if (kind === TokenKind.OpenBrace && !this.isJson) {
      this.frame.isWhole = true;
      return this.open(kind);
    }
    const separator = separatorOf(kind, this.isJson);
    if (separator === undefined) return this.handler.error(this, GrammarError.AfterKey, this.at);
    field.separator = separator;
    field.separatorStart = this.start();
    field.end = this.end();
    this.at++;
    return State.Value;
  }

  private element(): State {
    const kind = this.next();
    const array = this.frame.array;
    if (kind === TokenKind.CloseBracket && (!this.isJson || array.elements.length === 0)) return this.close();
    if (this.isValueStart(kind)) return State.Value;
    return this.handler.error(this, GrammarError.Element, this.at);
  }

  isValueStart(kind: TokenKind): boolean {
    if (this.isJson && isForbiddenInJson(kind)) return false;
    return (
      isSimple(kind) ||
      kind === TokenKind.Substitution ||
      kind === TokenKind.OpenBrace ||
      kind === TokenKind.OpenBracket
    );
  }

  /** Reads the parts of a value. An object or array suspends this until it is closed. */
  private value(): State {
    const frame = this.frame;
    if (frame.first === undefined) {
      const kind = this.next();
      if (!this.isValueStart(kind)) return this.handler.error(this, GrammarError.NoValue, this.at);
    }
    for (;;) {
      const kind = this.kind();
      if (kind === TokenKind.Blank) {
        this.at++;
      } else if (kind === TokenKind.OpenBrace || kind === TokenKind.OpenBracket) {
        return this.open(kind);
      } else if (isSimple(kind) && !(this.isJson && kind === TokenKind.Unquoted)) {
        addPart(frame, readScalar(this));
      } else if (kind === TokenKind.Substitution && !this.isJson) {
        addPart(frame, readSubstitution(this));
      } else {
        break;
      }
      if (this.isJson) break;
    }
    if (frame.parts?.length === 2) splitMissedValue(this);
    finishValue(frame);
    return State.After;
  }

  private open(kind: TokenKind): State {
    const isObject = kind === TokenKind.OpenBrace;
    const parent = this.frame.valueParent;
    const start = this.start();
    const node = isObject ? new ObjectTree(parent, start, true) : new ArrayTree(parent, start);
    this.frame = new Frame(node, this.frame);
    this.at++;
    return State.Item;
  }

  /** The current container ends with the current token. */
  private close(): State {
    if (!this.handler.closes(this)) return State.After;
    this.frame.node.closeStart = this.start();
    this.at++;
    return this.leave(this.start(), true);
  }

  /** Ends the current container at `end`, without a closing token if it is missing. */
  leave(end: number, isClosed: boolean): State {
    const { node, parent } = this.frame;
    node.end = isClosed ? end : Math.max(end, endOfLastIn(node));
    if (node.kind === 'object') node.trim();
    if (parent === undefined) return isClosed ? this.afterRoot() : State.Done;
    this.frame = parent;
    addPart(parent, node as ValueTree);
    if (isClosed && !parent.isWhole && !this.isJson) return State.Value;
    finishValue(parent);
    return State.After;
  }

  private afterRoot(): State {
    if (this.next() === TokenKind.End) return State.Done;
    return this.handler.error(this, GrammarError.AfterRoot, this.at);
  }

  private endRoot(): State {
    this.frame.node.end = this.start();
    return State.Done;
  }

  /** Between two entries or elements there is a comma or a newline. */
  private after(): State {
    const frame = this.frame;
    if (this.isJson && frame.repeatsKey()) this.handler.fault(this, GrammarFault.DuplicateKey, this.at);
    if (this.separator()) {
      frame.afterComma = true;
      return State.Item;
    }
    frame.afterComma = false;
    const kind = this.next();
    if (frame.isArray) {
      if (kind === TokenKind.CloseBracket) return this.close();
      return this.handler.error(this, GrammarError.AfterElement, this.at);
    }
    if (kind === TokenKind.CloseBrace && frame.isBraced) return this.close();
    if (kind === TokenKind.End && !frame.isBraced) return this.endRoot();
    return this.handler.error(this, GrammarError.AfterEntry, this.at);
  }

  private separator(): boolean {
    if (this.isJson) {
      if (this.next() !== TokenKind.Comma) return false;
      this.at++;
      return true;
    }
    let isSeparated = false;
    for (;;) {
      const kind = this.kind();
      if (kind === TokenKind.Newline) {
        isSeparated = true;
        this.lineExtra++;
      } else if (kind === TokenKind.Comma) {
        this.at++;
        return true;
      } else if (kind !== TokenKind.Blank && kind !== TokenKind.Comment) {
        return isSeparated;
      }
      this.at++;
    }
  }
}

/** An open container may end with a comment that a broken value has consumed. */
function endOfLastIn(node: ObjectTree | ArrayTree): number {
  const last = node.kind === 'array' ? node.elements.at(-1) : node.entries.at(-1);
  return last?.end ?? 0;
}

/**
 * `a =` and on the next line `b { … }`: the grammar reads `b { … }` as the value of `a`, a text next to an object,
 * which the reference refuses after reading both. The author meant a key without a value, followed by another entry.
 */
function splitMissedValue(parser: Parser): void {
  const { frame } = parser;
  const { field } = frame;
  const [key, object] = frame.parts ?? [];
  if (field === undefined || key?.kind !== 'scalar' || object?.kind !== 'object') return;
  if (key.style === 'triple-quoted' || isOnOneLine(parser, field.separatorStart, key.start)) return;
  if (!isOnOneLine(parser, key.end, object.start)) return;
  const next = fieldOf(parser, key, object);
  if (next === undefined) return;
  field.end = field.separatorEnd;
  field.broken = missingValue(parser, field);
  parser.missedValues.set(next, field.broken);
  parser.valueProblems.push(field.broken);
  frame.object.add(next);
  frame.field = next;
  frame.first = object;
  frame.parts = undefined;
}

function fieldOf(parser: Parser, key: ScalarTree, object: ObjectTree): FieldTree | undefined {
  const first = tokenStartingAt(parser, key.start);
  const { names, hasEmptyElement } = readPath(parser.tokens, first, tokenStartingAt(parser, key.end));
  if (hasEmptyElement) return undefined;
  const field = new FieldTree(parser.frame.object, key.start, key.end);
  field.path = new PathTree(field, key.start, key.end, names);
  object.parent = field;
  return field;
}

function missingValue(parser: Parser, field: FieldTree): Problem {
  const { text } = parser.tokens;
  const range = { start: field.start, end: field.end };
  const name = text.slice(field.path.start, field.path.end);
  const message = `"${name}" has no value. Write one after "${field.separator}".`;
  return { code: 'hocon/no-value', severity: 'error', message, uri: parser.uri, range };
}
