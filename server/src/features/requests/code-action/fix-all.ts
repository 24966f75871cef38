import { inOrder } from '../../../edits/apply';
import type { Fix, TextChange } from '../../../model/diagnostic';

/**
 * The changes of those fixes that nobody has to think about: preferred, without a value that is only a beginning, within
 * one document, and not in each other's way. Of two that are, the first in the text is taken.
 */
export function agreedChanges(uri: string, fixes: readonly Fix[]): TextChange[] {
  const taken: TextChange[] = [];
  const seen = new Set<string>();
  for (const { edits, preferred, draft } of fixes) {
    if (preferred !== true || draft === true || edits.some((edit) => edit.uri !== uri)) continue;
    const id = JSON.stringify(edits);
    if (seen.has(id) || edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    seen.add(id);
    taken.push(...edits);
  }
  return inOrder(taken);
}

function touch({ range: a }: TextChange, { range: b }: TextChange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** A text that is changed again and again, and what became of the first one by all changes together. */
export class Revision {
  /** Side by side; those without a place are new. */
  private pieces: readonly { readonly text: string; readonly start: number | undefined }[];

  constructor(private readonly first: string) {
    this.pieces = [{ text: first, start: 0 }];
  }

  get text(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  /** @param changes in the order of the present text, not overlapping */
  apply(changes: readonly Pick<TextChange, 'range' | 'newText'>[]): void {
    const next: { text: string; start: number | undefined }[] = [];
    let at = 0;
    for (const { range, newText } of changes) {
      next.push(...this.slice(at, range.start), { text: newText, start: undefined });
      at = range.end;
    }
    next.push(...this.slice(at, Number.POSITIVE_INFINITY));
    this.pieces = next.filter(({ text }) => text !== '');
  }

  /** In the offsets of the first text. */
  changes(): Pick<TextChange, 'range' | 'newText'>[] {
    const changes: { range: { start: number; end: number }; newText: string }[] = [];
    let at = 0;
    let added = '';
    const close = (end: number) => {
      if (at < end || added !== '') changes.push({ range: { start: at, end }, newText: added });
      added = '';
    };
    for (const { text, start } of this.pieces) {
      if (start === undefined) added += text;
      else {
        close(start);
        at = start + text.length;
      }
    }
    close(this.first.length);
    return changes;
  }

  private *slice(from: number, to: number) {
    let offset = 0;
    for (const { text, start } of this.pieces) {
      const [a, b] = [Math.max(from - offset, 0), Math.min(to - offset, text.length)];
      if (a < b) yield { text: text.slice(a, b), start: start === undefined ? undefined : start + a };
      offset += text.length;
    }
  }
}
