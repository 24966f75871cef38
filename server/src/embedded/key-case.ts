/**
 * A key as Helm's `kebabcase` writes it: `keyRingId` -> `key-ring-id`. Digits stay with the word before them, which is
 * also how Canton's keys have them.
 */
export function toKebabCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/[_ ]/g, '-')
    .toLowerCase();
}

/** `key-ring-id` -> `keyRingId`. */
export function toCamelCase(key: string): string {
  return key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
