import type { PlanRequest } from '../operations/facts';
import type { Plan } from '../operations/plan';
import { nextQuestion, offeredProcedures, plan } from '../operations/planner';
import type { Question } from '../operations/procedure';

/** A procedure that differs between two versions, for one node. */
export interface ChangedProcedure {
  readonly name: string;
  readonly title: string;
  /** `added` and `removed`: the procedure exists, or is possible for the node, in only one of the versions. */
  readonly kind: 'added' | 'removed' | 'commands';
  /** Console lines that are only in the older version's plan, and those only in the newer one's, in order. */
  readonly gone: readonly string[];
  readonly fresh: readonly string[];
}

type Request = Omit<PlanRequest, 'procedure' | 'options'>;

/**
 * Compares the console commands of each procedure for a node in two versions. Questions get their first choice or
 * suggestion as the answer; a procedure that needs other information is planned with a placeholder, or left out.
 */
export function changedProcedures(before: Request, after: Request): readonly ChangedProcedure[] {
  const [old, fresh] = [offered(before), offered(after)];
  const found: ChangedProcedure[] = [];
  for (const [name, title] of new Map([...old, ...fresh])) {
    if (!old.has(name)) found.push({ name, title, kind: 'added', gone: [], fresh: [] });
    else if (!fresh.has(name)) found.push({ name, title, kind: 'removed', gone: [], fresh: [] });
    else {
      const [a, b] = [planOf(before, name), planOf(after, name)];
      if (!a.possible || !b.possible) continue;
      const [own, other] = [linesOf(a), linesOf(b)];
      const gone = without(own, other);
      const added = without(other, own);
      if (gone.length + added.length > 0) found.push({ name, title, kind: 'commands', gone, fresh: added });
    }
  }
  return found;
}

/** The procedures that are not refused, whatever the answers. */
function offered(request: Request): ReadonlyMap<string, string> {
  const all = offeredProcedures({ ...request, options: STATE });
  return new Map(
    all.filter(({ reason }) => reason === undefined).map(({ procedure: { name, title } }) => [name, title]),
  );
}

/** A node whose version is changed is already in use. */
const STATE = { state: 'existing' };

/** No procedure asks more questions. */
const MAX_QUESTIONS = 20;

function planOf(request: Request, procedure: string): Plan {
  let options: Readonly<Record<string, string>> = STATE;
  for (let i = 0; i < MAX_QUESTIONS; i++) {
    const question = nextQuestion({ ...request, procedure, options });
    if (question === undefined) break;
    options = { ...options, [question.option]: answerTo(question) };
  }
  return plan({ ...request, procedure, options });
}

function answerTo({ choices, suggestions, optional, placeholder }: Question): string {
  return choices[0]?.value ?? suggestions[0]?.value ?? (optional ? '' : placeholder);
}

function linesOf({ steps, rollback }: Plan): string[] {
  return [...steps, ...rollback].flatMap(({ console }) => console);
}

/** Each line once. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return [...new Set(lines)].filter((line) => !known.has(line));
}
