import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TYPING_PAUSE_MS } from './protocol';

/**
 * The words that are being typed, one per document. An incomplete word is nearly always wrong, and reporting it on
 * every keystroke teaches people to ignore problems. A word is typed until a second after the last key, or until the
 * cursor leaves it.
 */
export class TypedWords {
  private readonly words = new Map<string, { at: Position; timer: ReturnType<typeof setTimeout> }>();

  /** @param ended called when the problems that were held back for the document may be reported */
  constructor(private readonly ended: (uri: string) => void) {}

  /** A document was changed. One character more or less is typing; more is a paste, a completion or a program. */
  changed(uri: string, changes: readonly TextDocumentContentChangeEvent[]): void {
    const at = changes.length === 1 ? typedAt(changes[0]) : undefined;
    this.forget(uri);
    if (at === undefined) return;
    const timer = setTimeout(() => this.end(uri), TYPING_PAUSE_MS);
    this.words.set(uri, { at, timer });
  }

  /** The cursor was moved, not by typing. */
  cursorMoved(uri: string, { line, character }: Position): void {
    const at = this.words.get(uri)?.at;
    if (at !== undefined && (at.line !== line || at.character !== character)) this.end(uri);
  }

  /** Whether a problem in the range concerns the word that is being typed. */
  holds(uri: string, { start, end }: Range): boolean {
    const at = this.words.get(uri)?.at;
    if (at === undefined) return false;
    const isBehind = at.line > start.line || (at.line === start.line && at.character >= start.character);
    return isBehind && (at.line < end.line || (at.line === end.line && at.character <= end.character));
  }

  forget(uri: string): void {
    clearTimeout(this.words.get(uri)?.timer);
    this.words.delete(uri);
  }

  stop(): void {
    for (const uri of [...this.words.keys()]) this.forget(uri);
  }

  private end(uri: string): void {
    this.forget(uri);
    this.ended(uri);
  }
}

/** The cursor position after a character was typed or deleted; undefined for any other change. */
function typedAt(change: TextDocumentContentChangeEvent | undefined): Position | undefined {
  if (change === undefined || !('range' in change) || change.text === '\n') return undefined;
  const { range, text } = change;
  if (range.start.line !== range.end.line) return undefined;
  const removed = range.end.character - range.start.character;
  if (text.length + removed !== 1) return undefined;
  return { line: range.start.line, character: range.start.character + text.length };
}
