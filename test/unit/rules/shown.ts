import { applyChanges } from '../../../server/src/edits/changes';
import type { Diagnostic } from '../../../server/src/model/diagnostic';

/** What a user gets for one problem: the message, the text that is underlined, and the lines that each fix changes. */
export function shown(
  text: string,
  { code, severity, message, uri, range, fixes = [], tags = [], related = [] }: Diagnostic,
): string {
  const underlined = JSON.stringify(text.slice(range.start, range.end));
  const others = related.map(
    (one) => ` (also ${JSON.stringify(text.slice(one.location.range.start, one.location.range.end))}: ${one.message})`,
  );
  const mended = fixes.map(({ title, preferred, edits }) => {
    const lines = new Set(text.split('\n'));
    const changed = applyChanges(
      text,
      edits.filter((edit) => edit.uri === uri),
    ).split('\n');
    return ` | ${title}${preferred ? '!' : ''}: ${JSON.stringify(changed.filter((line) => !lines.has(line)).join('\n'))}`;
  });
  return `${code} ${severity}${tags.map((tag) => ` ${tag}`).join('')} ${underlined}: ${message}${others.join('')}${mended.join('')}`;
}

/** Each message once, whatever it quotes, with the first configuration that has it. */
export function firstOfEach(found: Iterable<readonly [text: string, diagnostic: Diagnostic]>): string[] {
  const first = new Map<string, string>();
  for (const [text, diagnostic] of found) {
    const fixes = diagnostic.fixes?.map(({ title }) => title).join() ?? '';
    const key = `${diagnostic.code} ${diagnostic.message} ${fixes}`.replace(/'[^']*'|\d+/g, '');
    if (!first.has(key)) first.set(key, shown(text, diagnostic));
  }
  return [...first.values()].sort();
}
