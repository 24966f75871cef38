import type { Problem } from '../problem';
import { Fault, type FaultHandler, State } from './grammar';
import { readPath } from './key-path';
import { splitMissedValue } from './missed-value';
import { readInclude } from './parse-include';
import { addPart, Frame, finishValue, readScalar, readSubstitution } from './parse-value';
import { endOfKey, isForbiddenInJson, isSimple, separatorOf, TokenKind, type TokenList } from './token';
import { ArrayTree, DocumentTree, FieldTree, type IncludeTree, ObjectTree, PathTree, type ValueTree } from './tree';

/**
 * The grammar of HOCON and JSON over the tokens of a file. Containers are kept on a stack of its own, so nesting is
 * bounded by memory only.
 */
export class Parser {
  readonly document: DocumentTree;
  /** The token to be read next. */
  at = 0;
  frame!: Frame;
  /**
   * The token that gave the reference's line counter its present value, and the newlines it counted since then. The
   * counter is only right after such tokens, and error messages show it.
   */
  lineToken = 0;
  lineExtra = 0;
  /** Entries behind one without a value, with the fault that the reference finds when it has read them. */
  readonly missedValues = new Map<FieldTree, Problem>();
  /** Faults inside `${}`, which the reference finds only after the whole file has passed the grammar. */
  readonly valueProblems: Problem[] = [];

  constructor(
    readonly uri: string,
    readonly tokens: TokenList,
    readonly isJson: boolean,
    readonly handler: FaultHandler,
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

  /** Goes to the next token that is neither blank, newline nor comment. */
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

  /** Reads the whole text; afterwards `document` is complete. */
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
    else if (this.isJson) this.handler.fault(this, Fault.NoRoot, this.at);
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
    return this.handler.fault(this, Fault.Entry, this.at);
  }

  private isInclude(kind: TokenKind): boolean {
    const start = this.start();
    return kind === TokenKind.Unquoted && this.end() - start === 7 && this.tokens.text.startsWith('include', start);
  }

  private include(): State {
    const include: IncludeTree = readInclude(this, this.frame.object);
    this.frame.object.add(include);
    // What does not fit behind it is no part of the field before.
    this.frame.field = undefined;
    this.frame.afterComma = false;
    if (include.broken === undefined) return State.After;
    return this.handler.fault(this, Fault.Include, this.at);
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
    if (hasEmptyElement) this.handler.fault(this, Fault.EmptyPathElement, first);
    const kind = this.next();
    if (kind === TokenKind.OpenBrace && !this.isJson) {
      this.frame.isWhole = true;
      return this.open(kind);
    }
    const separator = separatorOf(kind, this.isJson);
    if (separator === undefined) return this.handler.fault(this, Fault.AfterKey, this.at);
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
    return this.handler.fault(this, Fault.Element, this.at);
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

  /** Reads parts until something else follows; an object or array suspends the reading until it is closed. */
  private value(): State {
    const frame = this.frame;
    if (frame.first === undefined) {
      const kind = this.next();
      if (!this.isValueStart(kind)) return this.handler.fault(this, Fault.NoValue, this.at);
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

  /** The current container ends with the token at hand. */
  private close(): State {
    if (!this.handler.closes(this)) return State.After;
    this.frame.node.closeStart = this.start();
    this.at++;
    return this.leave(this.start(), true);
  }

  /** Ends the current container at `end`; without its closing token where that is missing. */
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
    return this.handler.fault(this, Fault.AfterRoot, this.at);
  }

  private endRoot(): State {
    this.frame.node.end = this.start();
    return State.Done;
  }

  /** Between two entries or elements there is a comma or a newline. */
  private after(): State {
    const frame = this.frame;
    if (this.isJson && frame.repeatsKey()) this.handler.fault(this, Fault.DuplicateKey, this.at);
    if (this.separator()) {
      frame.afterComma = true;
      return State.Item;
    }
    frame.afterComma = false;
    const kind = this.next();
    if (frame.isArray) {
      if (kind === TokenKind.CloseBracket) return this.close();
      return this.handler.fault(this, Fault.AfterElement, this.at);
    }
    if (kind === TokenKind.CloseBrace && frame.isBraced) return this.close();
    if (kind === TokenKind.End && !frame.isBraced) return this.endRoot();
    return this.handler.fault(this, Fault.AfterEntry, this.at);
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

/** What is left open may end with a comment that a broken value has swallowed. */
function endOfLastIn(node: ObjectTree | ArrayTree): number {
  const last = node.kind === 'array' ? node.elements.at(-1) : node.entries.at(-1);
  return last?.end ?? 0;
}
