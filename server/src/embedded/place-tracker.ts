import { TokenKind } from '../hocon/syntax/token';

/** What HOCON expects at a place; `statement`: a whole entry of an object. */
export type Place = 'statement' | 'key' | 'quoted-key' | 'path' | 'value' | 'string' | 'triple-string' | 'comment';

/** Follows tokens and tells keys from values; brackets that do not match are taken as they come. */
export class PlaceTracker {
  private readonly open: TokenKind[] = [];
  private inValue = false;
  private afterSeparator = false;
  private atStart = true;

  /** Whether an entry can begin here: at the start of a line or an object, or behind a comma. */
  get beginsStatement(): boolean {
    return this.atStart && !this.inValue;
  }

  /** The place that a token of this kind would have, or something inside of it. */
  placeIn(kind: TokenKind): Place {
    if (kind === TokenKind.Comment) return 'comment';
    const quoted =
      kind === TokenKind.Quoted ||
      kind === TokenKind.QuotedEscaped ||
      kind === TokenKind.BadQuoted ||
      kind === TokenKind.TripleQuoted;
    const path = this.open.at(-1) === TokenKind.Substitution;
    if (quoted && (path || !this.inValue || kind === TokenKind.BadQuoted)) return 'quoted-key';
    if (path) return 'path';
    if (!this.inValue) return 'key';
    if (!quoted) return 'value';
    return kind === TokenKind.TripleQuoted ? 'triple-string' : 'string';
  }

  pass(kind: TokenKind): void {
    switch (kind) {
      case TokenKind.Blank:
      case TokenKind.Comment:
        return;
      case TokenKind.Newline:
        // A value may stand on the line below its separator.
        if (!this.afterSeparator) this.inValue = this.inList;
        this.atStart = true;
        return;
      case TokenKind.Comma:
        this.inValue = this.inList;
        this.atStart = true;
        break;
      case TokenKind.OpenBrace:
      case TokenKind.OpenBracket:
        this.open.push(kind);
        this.inValue = this.inList;
        this.atStart = true;
        break;
      case TokenKind.Substitution:
        this.open.push(kind);
        this.atStart = false;
        break;
      case TokenKind.CloseBrace:
      case TokenKind.CloseBracket:
        this.open.pop();
        this.inValue = true;
        this.atStart = false;
        break;
      case TokenKind.Colon:
      case TokenKind.Equals:
      case TokenKind.PlusEquals:
        this.inValue = true;
        this.afterSeparator = true;
        this.atStart = false;
        return;
      default:
        this.atStart = false;
    }
    this.afterSeparator = false;
  }

  private get inList(): boolean {
    return this.open.at(-1) === TokenKind.OpenBracket;
  }
}
