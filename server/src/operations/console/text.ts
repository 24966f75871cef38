/** A Scala string literal. */
export function scalaString(text: string): string {
  return JSON.stringify(text);
}

/** What the operator has to fill in; no valid Scala, so that a forgotten one cannot run. */
export function blank(what: string): string {
  return `<${what}>`;
}

/** A string literal of the answer, or of what has to be filled in. */
export function stringOr(answer: string | undefined, what: string): string {
  return answer === undefined ? `"${blank(what)}"` : scalaString(answer);
}
