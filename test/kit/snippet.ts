/** A file of VS Code snippets. */
export type SnippetFile = Readonly<Record<string, Snippet>>;
export interface Snippet {
  /** Absent if only the command inserts it. */
  readonly prefix?: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** The texts that a snippet becomes when every tab stop is left as it is, one for each choice that it offers. */
export function expand({ body }: Snippet): string[] {
  const text = body.join('\n');
  const choices = Math.max(
    1,
    ...[...text.matchAll(/\$\{\d+\|([^|]*)\|\}/g)].map(([, list = '']) => list.split(',').length),
  );
  return Array.from({ length: choices }, (_, n) => expandOnce(text, n));
}

function expandOnce(text: string, choice: number): string {
  const values = new Map<string, string>();
  const filled = text.replace(
    /\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)\}/g,
    (_, stop: string, value?: string, list?: string) => {
      const options = list?.split(',') ?? [];
      const chosen = value ?? options[Math.min(choice, options.length - 1)] ?? '';
      values.set(stop, chosen);
      return chosen;
    },
  );
  return filled.replace(/\$(\d+)/g, (_, stop: string) => values.get(stop) ?? '');
}
