/** The last one is `canton` with its letters in a wrong order, or with one too few or too many. */
const WORDS = /canton|kms|ADDITIONAL_CONFIG|wrapper-key-id|private-key-store|^[ \t"]*[canto]{5,8}"?[ \t]*[.{=:]/im;

/**
 * A cheap look that spares most files everything else: a text without any of these words holds no Canton configuration
 * that anybody could recognize. Editors ask before they send a text, so this file imports nothing.
 */
export function mentionsCanton(text: string): boolean {
  return WORDS.test(text);
}
