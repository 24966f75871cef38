/** The last one is `canton` with its letters in a wrong order, or with one too few or too many. */
const WORDS = /canton|kms|ADDITIONAL_CONFIG|wrapper-key-id|private-key-store|^[ \t"]*[canto]{5,8}"?[ \t]*[.{=:]/im;

/**
 * A cheap look that spares most files everything else: a text without any of these words holds no Canton configuration
 * that anybody could recognize. Editors ask before they send a text, so this file imports nothing.
 */
export function mentionsCanton(text: string): boolean {
  return WORDS.test(text);
}

/** A word of Canton's with what follows a key. It spares most texts the next look, which takes longer. */
const KEYS =
  /[cC]anton["']?(?:\s*[{=:]|\.)|kms["']?\s*[{=:]|kms\.[a-z-]+["']?\s*[{=:]|ADDITIONAL_CONFIG|wrapper-key-id|private-key-store/;
/** A root key is at the start of a line, of an object or of a string. `docs.canton.network` and `digital-asset/canton:3.5` are none. */
const ROOT = /(?:^|[\n\r{,>"'`=])[ \t"']*(?:[cC]anton|[canto]{5,8})["']?(?:\s*[{=:]|\.)/;
const FRAGMENT = /\bkms["']?\s*[{=:]|\bkms\.[a-z-]+["']?\s*[{=:]|ADDITIONAL_CONFIG|wrapper-key-id|private-key-store/;

/** The same for a text in which nobody types the first word: whether it may set anything. */
export function maySetCanton(text: string): boolean {
  return ROOT.test(text) || FRAGMENT.test(text);
}

/** The same for a whole file, also in Latin-1: all that counts is ASCII. */
export function mayHoldCanton(text: string): boolean {
  return KEYS.test(text) && maySetCanton(text);
}

/** A cheap look as well: a text without any of these words configures no node. */
export function mentionsNodes(text: string): boolean {
  return /\b(?:participants|sequencers|mediators|domains|domain-managers)\b/.test(text) && mentionsCanton(text);
}
