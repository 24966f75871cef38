/** What a procedure still has to know. */
export interface Question {
  /** The key of the answer in the options. */
  readonly option: string;
  readonly title: string;
  readonly placeholder: string;
  /** Pick one of these; empty: any text. */
  readonly choices: readonly Choice[];
  /** Answers that many give; any other text is one, too. */
  readonly suggestions: readonly Choice[];
  /** May be left empty, which is then the answer. */
  readonly optional: boolean;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

export function pick(option: string, title: string, choices: readonly Choice[]): Question {
  return { option, title, placeholder: '', choices, suggestions: [], optional: false };
}

export function ask(option: string, title: string, placeholder: string, optional = false): Question {
  return { option, title, placeholder, choices: [], suggestions: [], optional };
}
