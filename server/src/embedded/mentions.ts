/** The last one is `canton` with its letters in a wrong order, or with one too few or too many. */
const WORDS = /canton|kms|ADDITIONAL_CONFIG|wrapper-key-id|private-key-store|^[ \t"]*[canto]{5,8}"?[ \t]*[.{=:]/im;

/**
 * A cheap look that spares most files everything else: a text without any of these words holds no Canton configuration
 * that anybody could recognize. Editors ask before they send a text, so this file imports nothing.
 */
export function mentionsCanton(text: string): boolean {
  return WORDS.test(text);
}

/**
 * The same for a text that nobody is writing the first word of: a key with what follows a key. It may be given in Latin-1, since all
 * that counts is ASCII. `docs.canton.network` and `digital-asset/canton:3.5` are no keys.
 */
const SETS =
  /(?<![\w./-])[cC]anton["']?\s*[{=:.]|\bkms["']?\s*[{=:.]|ADDITIONAL_CONFIG|wrapper-key-id|private-key-store|(?:^|[\n`])[ \t"]*[canto]{5,8}"?[ \t]*[.{=]/;

export function maySetCanton(text: string): boolean {
  return SETS.test(text);
}
