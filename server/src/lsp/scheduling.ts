/** Long enough to let a burst of typing pass, short enough to feel immediate. */
export const PAUSE_MS = 200;

/** Collects what changed and hands it over once nothing has changed for a while. */
export class Debouncer<T> {
  private readonly waiting = new Set<T>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly handle: (items: readonly T[]) => void,
    private readonly pause = PAUSE_MS,
  ) {}

  add(...items: readonly T[]): void {
    for (const item of items) this.waiting.add(item);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.pause);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  private flush(): void {
    const items = [...this.waiting];
    this.waiting.clear();
    this.handle(items);
  }
}

/** Lets messages that have already arrived be read, above all the one that cancels the request at hand. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
