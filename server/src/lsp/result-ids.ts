/** Remembers the last answer per document, so that an unchanged one needs not be sent again. */
export class ResultIds {
  private readonly last = new Map<string, { readonly id: string; readonly content: string }>();
  private count = 0;

  /** The id for this content; the same as last time where nothing changed. */
  idOf(uri: string, items: unknown): string {
    const content = JSON.stringify(items);
    const last = this.last.get(uri);
    if (last?.content === content) return last.id;
    const id = String(++this.count);
    this.last.set(uri, { id, content });
    return id;
  }

  forget(uri: string): void {
    this.last.delete(uri);
  }
}
