/** Words for units that people know from elsewhere, and how Scala counts the same time. */
const UNITS: ReadonlyMap<string, (count: string) => string> = new Map([
  ['us', (count) => `${count}micros`],
  ['w', inDays],
  ['week', inDays],
  ['weeks', inDays],
]);

/** The duration that was probably meant by a text that Scala does not read; the caller sees whether it fits. */
export function meantDuration(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  if (/^\d+$/.test(compact)) return `${compact}s`;
  const iso = /^P(?:(\d+)D|T(\d+)([HMS]))$/i.exec(compact);
  if (iso !== null) return iso[1] === undefined ? `${iso[2]}${(iso[3] ?? '').toLowerCase()}` : `${iso[1]}d`;
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(compact) ?? [];
  if (unit === '') return undefined;
  const lower = unit.toLowerCase();
  return UNITS.get(lower)?.(count) ?? `${count}${lower}`;
}

function inDays(weeks: string): string {
  return `${Number(weeks) * 7}d`;
}
