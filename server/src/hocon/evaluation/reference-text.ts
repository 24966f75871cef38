import type { Reference } from './deferred-value';

/** A reference as its author wrote it. */
export function written(reference: Reference): string {
  const path = reference.path.slice(reference.prefixLength).map(shownName).join('.');
  return `\${${reference.optional ? '?' : ''}${path}}`;
}

function shownName(name: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(name) ? name : JSON.stringify(name);
}

/** Environment variables have plain names; a path with dots can only mean a key. */
export function isVariable(path: readonly string[]): boolean {
  return path.length === 1 && /^[A-Za-z_][A-Za-z0-9_]*$/.test(path[0] as string);
}
