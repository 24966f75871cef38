/** Text with tab stops, or the same text with their defaults for editors that have none. */
export class Snippet {
  private stops = 0;

  constructor(private readonly live: boolean) {}

  text(text: string): string {
    return this.live ? text.replace(/[\\$}]/g, '\\$&') : text;
  }

  /** A place to type at, with something to begin with. */
  stop(initial: string): string {
    if (!this.live) return initial;
    const escaped = this.text(initial);
    return escaped === '' ? `$${++this.stops}` : `\${${++this.stops}:${escaped}}`;
  }

  /** One of a few. */
  choice(values: readonly string[]): string {
    if (!this.live || values.length === 1) return this.text(values[0] ?? '');
    return `\${${++this.stops}|${values.map((value) => value.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  }

  /** Where the cursor is left. */
  end(): string {
    return this.live ? '$0' : '';
  }
}
