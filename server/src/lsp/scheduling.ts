/** Long enough to let a burst of typing pass, short enough to feel immediate. */
export const PAUSE_MS = 200;

/** The milliseconds of work per keystroke that a typist does not notice. */
const UNNOTICED_MS = 50;

/** The pause in typing to wait for before work that took `last` milliseconds the last time. */
export function pauseBefore(last: number): number {
  return Math.min(PAUSE_MS, Math.max(0, 4 * (last - UNNOTICED_MS)));
}

/** Collects changes and delivers them after a pause without changes. */
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

/** Allows messages that have already arrived to be read, especially a cancellation of the current request. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** The time to wait for the editor's settings; without them, the defaults apply. */
const SETTINGS_PATIENCE_MS = 2000;

/** Information that is needed before the first answer, so that no answer has to be corrected immediately. */
export class Readiness {
  private ready: Promise<void> = Promise.resolve();
  /** Called when the editor has sent its settings. */
  done: () => void = () => {};

  /** Called when the settings will be requested from the editor. */
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
