/** Long enough to let a burst of typing pass, short enough to feel immediate. */
export const PAUSE_MS = 200;

/** Milliseconds of work that may be done at each key without the typist noticing. */
const UNNOTICED_MS = 50;

/** How long to wait for typing to rest before work that took `last` milliseconds the last time. */
export function pauseBefore(last: number): number {
  return Math.min(PAUSE_MS, Math.max(0, 4 * (last - UNNOTICED_MS)));
}

/** Collects what changed and hands it over once nothing has changed for a while. */
export class Debouncer<T> {
  private readonly waiting = new Set<T>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly handle: (items: readonly T[]) => void,
    private readonly pause: () => number = () => PAUSE_MS,
  ) {}

  add(...items: readonly T[]): void {
    for (const item of items) this.waiting.add(item);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.pause());
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

/** Lets messages that have already arrived be read, above all the one that cancels the current request. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** How long the settings of the editor are waited for; without them, the defaults count. */
const SETTINGS_PATIENCE_MS = 2000;

/** Information that is needed before the first answer, so that no answer has to be corrected immediately. */
export class Readiness {
  private ready: Promise<void> = Promise.resolve();
  /** Says that the editor has told its settings. */
  done: () => void = () => {};

  /** The editor will be asked for its settings. */
  expectSettings(): void {
    this.ready = new Promise((resolve) => {
      const timer = setTimeout(resolve, SETTINGS_PATIENCE_MS);
      this.done = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wait(): Promise<void> {
    return this.ready;
  }
}
