import { type CantonVersion, versionsSince } from '../../../schemas/version';
import type { Facts } from './facts';
import type { Plan } from './plan';

/** One procedure: its questions, and the plan that it creates from the facts. */
export interface Procedure {
  readonly name: string;
  readonly title: string;
  /** The title in lists, on one line. */
  readonly summary: string;
  /** The first Canton line that has it; if absent, every line. */
  readonly since?: CantonVersion;
  /** A sentence about the procedure that replaces it in 2.10, if there is one. */
  readonly instead2x?: string;
  /** Its settings (`set.NAME`), in addition to those of a `kms` section. */
  readonly answers?: Answers;
  /** True if it is about the keys of a node that has been started, which a new node does not have. */
  readonly needsKeys?: boolean;
  /** True if it writes a `kms` section, so that the settings of the section are answers as well. */
  readonly writesKms?: boolean;
  /** The refusals that do not depend on the answers. */
  refusals(facts: Facts): readonly string[];
  /** The questions in order; the first one without an answer is asked. An answer may lead to further questions. */
  questions(facts: Facts): readonly Question[];
  /** The problems with each answer while it is entered. */
  answerRefusals?(facts: Facts): readonly string[];
  plan(facts: Facts): Outcome;
}

/** The names of answers with their meanings, each one line of Markdown. */
export type Answers = Readonly<Record<string, string>>;

/** The part of a plan that a procedure provides. With a refusal, the plan is not possible and has no steps. */
export interface Outcome extends Partial<Pick<Plan, 'warnings' | 'steps' | 'rollback' | 'vault'>> {
  readonly refusals?: readonly string[];
  /** True if the KMS can no longer be used, so that a check of it would fail. */
  readonly withoutKms?: boolean;
}

/** The Canton lines that have a procedure. */
export function versionsOf({ since }: Pick<Procedure, 'since'>): readonly CantonVersion[] {
  return versionsSince(since);
}

/** A question that a procedure still has to ask. */
export interface Question {
  /** The key of the answer in the options. */
  readonly option: string;
  readonly title: string;
  readonly placeholder: string;
  /** The choices; if empty, any text is valid. */
  readonly choices: readonly Choice[];
  /** Frequent answers; any other text is valid as well. */
  readonly suggestions: readonly Choice[];
  /** True if an empty answer is valid. */
  readonly optional: boolean;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

/** Choices by their values. */
export function choicesOf(
  choices: Readonly<Record<string, readonly [label: string, detail: string]>>,
): readonly Choice[] {
  return Object.entries(choices).map(([value, [label, detail]]) => ({ value, label, detail }));
}

export function pick(option: string, title: string, choices: readonly Choice[]): Question {
  return { option, title, placeholder: '', choices, suggestions: [], optional: false };
}

export function ask(option: string, title: string, placeholder: string, optional = false): Question {
  return { option, title, placeholder, choices: [], suggestions: [], optional };
}
