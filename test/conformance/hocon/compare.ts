import { isDeepStrictEqual } from 'node:util';
import type { Verdict } from './case';
import type { Outcome } from './engine';

/** @returns the difference from the reference, undefined if there is none */
export function compare(verdict: Verdict, ours: Outcome): string | undefined {
  if (verdict.error === undefined) {
    if (ours.error !== undefined) return `we refuse line ${ours.error.line}: ${ours.error.message}`;
    // JSON cannot contain a number beyond the range of a double.
    if (verdict.json === undefined || isDeepStrictEqual(normal(ours.json), normal(verdict.json))) return undefined;
    return `we read ${JSON.stringify(ours.json)}, Lightbend ${JSON.stringify(verdict.json)}`;
  }
  if (ours.error === undefined) {
    return `we accept as ${JSON.stringify(ours.json)}, Lightbend: ${verdict.message ?? verdict.type}`;
  }
  const { line, file, message } = ours.error;
  // Two values that cannot be joined may be in two files: Lightbend names the first one, and we name the place where
  // they meet.
  if (verdict.error === 'resolve' && verdict.file !== undefined && file !== verdict.file) return undefined;
  if (verdict.line === undefined || (line === verdict.line && file === (verdict.file ?? file))) return undefined;
  const theirs = `${verdict.file ?? ''}:${verdict.line} (${verdict.message ?? verdict.type})`;
  return `we name ${file}:${line} (${message}), Lightbend ${theirs}`;
}

/** Zero has one sign in JSON as Lightbend writes it. */
function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
