import { type CantonVersion, versionsSince } from '../../../schemas/version';
import type { Facts } from './facts';
import type { Plan } from './plan';

/** One procedure: what it has to know, and what it makes of the facts. */
export interface Procedure {
  readonly name: string;
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  /** The first Canton line that has it; every line where absent. */
  readonly since?: CantonVersion;
  /** A sentence: what 2.10 has in its place, where that is another procedure. */
  readonly instead2x?: string;
  /** Its settings (`set.NAME`), besides those of a `kms` section. */
  readonly answers?: Answers;
  /** It writes a `kms` section, whose settings are answers as well. */
  readonly writesKms?: boolean;
  /** The refusals that do not depend on the answers. */
  refusals(facts: Facts): readonly string[];
  /** The questions in order; the first one without an answer is asked. An answer may lead to further questions. */
  questions(facts: Facts): readonly Question[];
  /** The problems with each answer while it is entered. */
  answerRefusals?(facts: Facts): readonly string[];
  plan(facts: Facts): Outcome;
}

/** Names of answers with their meaning: one line of Markdown each. */
export type Answers = Readonly<Record<string, string>>;

/** The part of a plan that a procedure decides. With a refusal the plan is not possible, and has no steps. */
export interface Outcome extends Partial<Pick<Plan, 'warnings' | 'steps' | 'rollback' | 'vault'>> {
  readonly refusals?: readonly string[];
  /** The KMS can no longer be used, so that a look at it would fail. */
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
  /** Pick one of these; empty: any text. */
  readonly choices: readonly Choice[];
  /** Answers that many give; any other text counts as well. */
  readonly suggestions: readonly Choice[];
  /** May be left empty, which is then the answer. */
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
