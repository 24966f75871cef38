import { withVisibleControls } from './controls';

/**
 * A text as the label of a Mermaid node or edge, in double quotes. Every character that Mermaid or the page could
 * interpret is written as a character code.
 */
export function mermaidLabel(text: string): string {
  const codes = withVisibleControls(text).replace(/[^\p{L}\p{N} .,:/()'_-]/gu, (one) => `#${one.codePointAt(0)};`);
  return `"${codes}"`;
}
