import type { SemanticTokens, SemanticTokensDelta, SemanticTokensEdit } from 'vscode-languageserver';

/** Remembers the tokens that an editor has of each document, so that only what is new needs to be sent. */
export class TokenMemory {
  private readonly last = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  private count = 0;

  full(uri: string, { data }: SemanticTokens): SemanticTokens {
    return { resultId: this.remember(uri, data), data };
  }

  /** The changes since the answer that the editor names; everything if that answer is no longer available. */
  delta(uri: string, previous: string, tokens: SemanticTokens): SemanticTokens | SemanticTokensDelta {
    const last = this.last.get(uri);
    if (last?.id !== previous) return this.full(uri, tokens);
    return { resultId: this.remember(uri, tokens.data), edits: difference(last.data, tokens.data) };
  }

  private remember(uri: string, data: readonly number[]): string {
    const id = String(++this.count);
    this.last.set(uri, { id, data });
    return id;
  }

  forget(uri: string): void {
    this.last.delete(uri);
  }
}

/** One edit in the middle: a keystroke changes little, and tokens are placed relative to each other. */
function difference(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [{ start, deleteCount: before.length - end - start, data: after.slice(start, after.length - end) }];
}
