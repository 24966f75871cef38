import * as vscode from 'vscode';

/** The answer of a user who goes back to the previous question. */
export const BACK = Symbol('back');

/** The reason why a text is not accepted; with a warning, it can still be entered. */
export interface Fault {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

interface Question {
  readonly prompt: string;
  readonly canGoBack: boolean;
}

interface PickQuestion<T> extends Question {
  /** The answer that Enter selects; undefined if the user must decide. */
  readonly preselected?: T | undefined;
}

interface TextQuestion extends Question {
  /** Empty if there is none. */
  readonly example: string;
  readonly optional: boolean;
  /** The initial text of the box. */
  readonly value?: string | undefined;
  /** Checks the text while it is being typed. */
  check(text: string): Promise<Fault | undefined>;
}

/** A suggested answer, or the text that was typed. */
interface Suggestion extends vscode.QuickPickItem {
  readonly value: string;
}

type Input = vscode.QuickInput & {
  buttons: readonly vscode.QuickInputButton[];
  onDidAccept: vscode.Event<void>;
  onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
};

/**
 * Asks questions one after another in one place. An answered question stays visible but disabled until the next one
 * replaces it, so that keystrokes in between do not reach the editor.
 */
export class Wizard implements vscode.Disposable {
  private current: vscode.QuickInput | undefined;
  private givenUp = false;

  constructor(private readonly title: string) {}

  /** True if the user closed a question, even an answered one. */
  get cancelled(): boolean {
    return this.givenUp;
  }

  /** Undefined if the user canceled; the same for `text` and `suggest`. */
  pick<T extends vscode.QuickPickItem>(
    items: readonly T[],
    { prompt, canGoBack, preselected }: PickQuestion<T>,
  ): Promise<T | typeof BACK | undefined> {
    const input = vscode.window.createQuickPick<T>();
    input.placeholder = prompt;
    input.items = items;
    input.matchOnDescription = true;
    input.matchOnDetail = true;
    return this.ask(
      input,
      canGoBack,
      async () => input.activeItems[0],
      () => preselect(input, preselected),
    );
  }

  text(question: TextQuestion): Promise<string | typeof BACK | undefined> {
    const { prompt, value = '' } = question;
    const input = vscode.window.createInputBox();
    input.prompt = prompt;
    input.placeholder = question.example === '' ? '' : vscode.l10n.t('For example {0}', question.example);
    input.value = value;
    const faultNow = follow(input, question, (fault) => {
      input.validationMessage = fault && { message: fault.message, severity: SEVERITIES[fault.severity] };
    });
    return this.ask(input, question.canGoBack, async () => {
      const text = input.value.trim();
      if (text === '' && !question.optional) {
        input.validationMessage = vscode.l10n.t('{0}: enter a value.', prompt);
        return undefined;
      }
      return (await faultNow())?.severity === 'error' ? undefined : text;
    });
  }

  /** A text that is typed or picked from the suggestions. */
  async suggest(suggestions: readonly Suggestion[], question: TextQuestion): Promise<string | typeof BACK | undefined> {
    const { value } = question;
    const input = vscode.window.createQuickPick<Suggestion>();
    const { prompt, example } = question;
    input.placeholder = example === '' ? prompt : vscode.l10n.t('{0}, for example {1}', prompt, example);
    input.matchOnDetail = true;
    input.items = suggestions;
    follow(input, question, (fault) => {
      const text = input.value.trim();
      const isListed = text === '' || suggestions.some((one) => one.value === text);
      // VS Code puts matches in the label first, but other matches are more often what the user means.
      const typed = {
        label: '$(edit)',
        description: fault === undefined ? vscode.l10n.t("Use '{0}'", text) : vscode.l10n.t("Use '{0}' anyway", text),
        value: text,
        detail: fault?.message ?? '',
        alwaysShow: true,
      };
      input.items = isListed ? suggestions : [...suggestions, typed];
      if (text === '') preselect(input, undefined);
    });
    const former = suggestions.find((one) => one.value === value);
    const picked = await this.ask(
      input,
      question.canGoBack,
      async () => input.activeItems[0],
      () => {
        if (value !== undefined && former === undefined) input.value = value;
        else preselect(input, former);
      },
    );
    return picked === BACK ? BACK : picked?.value;
  }

  dispose(): void {
    const last = this.current;
    this.current = undefined;
    last?.dispose();
  }

  private ask<T>(
    input: Input,
    canGoBack: boolean,
    answer: () => Promise<T | undefined>,
    shown: () => void = () => {},
  ): Promise<T | typeof BACK | undefined> {
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
      input.onDidAccept(async () => {
        const given = await answer();
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
      shown();
      former?.dispose();
    });
  }
}

/** VS Code selects the first item by itself, which would turn Enter into a decision. */
function preselect<T extends vscode.QuickPickItem>(input: vscode.QuickPick<T>, item: T | undefined): void {
  input.activeItems = item === undefined ? [] : [item];
}

const SEVERITIES = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
} as const;

/** Checks each typed text and shows the fault of the last one. Returns the fault of the current text. */
function follow(
  input: { readonly value: string; readonly onDidChangeValue: vscode.Event<string> },
  { check }: TextQuestion,
  show: (fault: Fault | undefined) => void,
): () => Promise<Fault | undefined> {
  let latest: Promise<Fault | undefined> = Promise.resolve(undefined);
  input.onDidChangeValue(async (text) => {
    const mine = check(text.trim()).catch(() => undefined);
    latest = mine;
    const fault = await mine;
    if (latest === mine) show(fault);
  });
  return () => latest;
}
