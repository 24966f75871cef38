import { withVisibleControls } from './controls';

/**
 * One word of a POSIX shell that represents exactly this text: without quotes if no shell would interpret it, otherwise
 * between single quotes. An argument cannot contain U+0000, which becomes U+FFFD.
 */
export function shellWord(text: string): string {
  const legal = text.replaceAll('\u0000', '\ufffd');
  if (/^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(legal)) return legal;
  return `'${legal.replaceAll("'", "'\\''")}'`;
}

/** A comment of one line. */
export function shellComment(text: string): string {
  return `# ${withVisibleControls(text)}`;
}
