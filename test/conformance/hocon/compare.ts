import { isDeepStrictEqual } from 'node:util';
import type { Verdict } from './case';
import type { Outcome } from './engine';

/** @returns how we differ from the reference, undefined if we agree */
export function compare(verdict: Verdict, ours: Outcome): string | undefined {
  if (verdict.error === undefined) {
    if (ours.error !== undefined) return `we refuse line ${ours.error.line}: ${ours.error.message}`;
    // A number beyond the range of a double is in no JSON.
    if (verdict.json === undefined || isDeepStrictEqual(normal(ours.json), normal(verdict.json))) return undefined;
    return `we read ${JSON.stringify(ours.json)}, Lightbend ${JSON.stringify(verdict.json)}`;
  }
  if (ours.error === undefined) {
    return `we accept as ${JSON.stringify(ours.json)}, Lightbend: ${verdict.message ?? verdict.type}`;
  }
  const { line, file, message } = ours.error;
  // Two values that do not go together may be in two files: Lightbend names the first, we where they meet.
  if (verdict.error === 'resolve' && verdict.file !== undefined && file !== verdict.file) return undefined;
  if (verdict.line === undefined || (line === verdict.line && file === (verdict.file ?? file))) return undefined;
  const theirs = `${verdict.file ?? ''}:${verdict.line} (${verdict.message ?? verdict.type})`;
  return `we name ${file}:${line} (${message}), Lightbend ${theirs}`;
}

/** Zero has one sign in JSON as Lightbend writes it. */
function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
