/** The part of markdown-it that tests use. */
interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
}

interface MarkdownReader {
  readonly linkify: { set(options: { readonly fuzzyLink: boolean }): void };
  validateLink: (url: string) => boolean;
  parse(text: string, env: object): readonly Token[];
}

const MarkdownIt: new (options: Readonly<Record<string, boolean>>) => MarkdownReader = require('markdown-it');

/** As VS Code reads it: raw HTML, links of bare addresses with a scheme; here with links to any scheme. */
const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify.set({ fuzzyLink: false });
reader.validateLink = () => true;

/** Blocks and, after each, its inline elements. */
export function markdownTokens(text: string): readonly Token[] {
  return reader.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

/** The targets of links and images, and raw HTML. */
export function targetsIn(text: string): string[] {
  return markdownTokens(text)
    .filter(({ type }) => /link_open|image|html/.test(type))
    .map((token) => token.attrGet('href') ?? token.attrGet('src') ?? token.content);
}
