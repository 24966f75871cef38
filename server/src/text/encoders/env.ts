/**
 * `NAME=VALUE` for an env file, as Docker Compose, systemd and a POSIX shell read it alike: bare where nothing in it is
 * special to any of them, else in single quotes. Undefined where they do not agree on any notation: for a name that is
 * no identifier, and for a value with a line break, a control character, a single quote or a backslash.
 */
export function envAssignment(name: string, value: string): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
  if (/^[\w@%+=:,./-]*$/.test(value)) return `${name}=${value}`;
  return /[\p{Cc}\u2028\u2029'\\]/u.test(value) ? undefined : `${name}='${value}'`;
}
