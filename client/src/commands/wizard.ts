import * as vscode from 'vscode';

/** The answer of a user who wants to see the former question again. */
export const BACK = Symbol('back');

type Input = vscode.QuickInput & {
  buttons: readonly vscode.QuickInputButton[];
  onDidAccept: vscode.Event<void>;
  onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
};

/**
 * Asks questions one after another in one place. An answered question stays in sight, asleep, until the next one takes
 * its place: what is typed meanwhile must not go into the configuration behind it.
 */
export class Wizard implements vscode.Disposable {
  private current: vscode.QuickInput | undefined;
  private givenUp = false;

  constructor(private readonly title: string) {}

  /** True when the user closed a question, even one that was answered already. */
  get cancelled(): boolean {
    return this.givenUp;
  }

  /** Undefined when the user gave up; the same for `text`. */
  pick<T extends vscode.QuickPickItem>(
    placeholder: string,
    items: readonly T[],
    canGoBack: boolean,
  ): Promise<T | typeof BACK | undefined> {
    const input = vscode.window.createQuickPick<T>();
    input.placeholder = placeholder;
    input.items = items;
    input.matchOnDetail = true;
    return this.ask(input, canGoBack, () => input.activeItems[0]);
  }

  text(
    prompt: string,
    { placeholder, optional, canGoBack }: { placeholder: string; optional: boolean; canGoBack: boolean },
  ): Promise<string | typeof BACK | undefined> {
    const input = vscode.window.createInputBox();
    input.prompt = prompt;
    input.placeholder = placeholder;
    return this.ask(input, canGoBack, () => {
      const text = input.value.trim();
      if (text !== '' || optional) return text;
      input.validationMessage = `${prompt}: a value is needed.`;
      return undefined;
    });
  }

  dispose(): void {
    const last = this.current;
    this.current = undefined;
    last?.dispose();
  }

  private ask<T>(input: Input, canGoBack: boolean, answer: () => T | undefined): Promise<T | typeof BACK | undefined> {
    if (this.givenUp) return Promise.resolve(undefined);
    input.title = this.title;
    input.ignoreFocusOut = true;
    if (canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
    return new Promise((resolve) => {
      const sleepWith = (given: T | typeof BACK) => {
        input.enabled = false;
        input.busy = true;
        resolve(given);
      };
      input.onDidAccept(() => {
        const given = answer();
        if (given !== undefined) sleepWith(given);
      });
      input.onDidTriggerButton(() => sleepWith(BACK));
      input.onDidHide(() => {
        if (this.current === input) this.givenUp = true;
        resolve(undefined);
      });
      const former = this.current;
      this.current = input;
      input.show();
      former?.dispose();
    });
  }
}
