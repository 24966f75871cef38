import type { CantonVersion } from '../../../schemas/version';
import type { Facts } from './facts';
import type { Plan } from './plan';
import type { Question } from './question';

/** One procedure: what it has to know, and what it makes of the facts. */
export interface Procedure {
  readonly name: string;
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  /** Where it exists. */
  readonly versions: readonly CantonVersion[];
  /** What it takes as `set.NAME` besides the settings of a `kms` section. */
  readonly answers?: Answers;
  /** It writes a `kms` section, whose settings are answers, too. */
  readonly writesKms?: boolean;
  /** What stands in the way whatever is answered. */
  refusals(facts: Facts): readonly string[];
  /** In order; the first one without an answer is asked. An answer may bring further ones. */
  questions(facts: Facts): readonly Question[];
  /** What is wrong with answers, each by itself, while they are being given. */
  answerReasons?(facts: Facts): readonly string[];
  plan(facts: Facts): Outcome;
}

/** Names of answers with their meaning: one line of Markdown each. */
export type Answers = Readonly<Record<string, string>>;

/** The part of a plan that a procedure decides. Reasons make it impossible; steps are then left out. */
export type Outcome = Partial<Pick<Plan, 'reasons' | 'warnings' | 'steps' | 'rollback'>>;
