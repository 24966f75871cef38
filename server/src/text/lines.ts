/** Offset of the first character of the line. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break that ends the line, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** Offset after the line break that ends the line. */
export function nextLineStart(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

export function isFirstOnLine(text: string, offset: number): boolean {
  // Visits only the blanks, because a line may be as long as the text.
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && isBlank(text.charAt(at - 1))) at--;
  return at === 0 || text[at - 1] === '\n';
}

/** The indentation of the line. */
export function lineIndent(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}
