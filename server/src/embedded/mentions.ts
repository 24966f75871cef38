/** Names that say enough wherever they are; `dataSourceClass` is that of the connection of a `storage`. */
const NAMES =
  'ADDITIONAL_CONFIG|wrapper-key-id|private-key-store|dataSourceClass|ledger-api|admin-api|sequencer-client|tracing\\.tracer';
/** `canton`, also with its letters in a wrong order, or with one too few or too many. */
export const ROOT_NAME = '(?:[cC]anton|[canto]{5,8})';
const KMS_KEY = String.raw`\bkms["']?\s*[{=:]|\bkms\.[a-z-]+["']?\s*[{=:]`;

const WORDS = new RegExp(String.raw`canton|kms|${NAMES}|^[ \t"]*[canto]{5,8}"?[ \t]*[.{=:]`, 'im');

/**
 * A cheap check that avoids further work for most files: a text without any of these words contains no recognizable
 * Canton configuration. Editors ask before they send a text, so this file imports nothing.
 */
export function mentionsCanton(text: string): boolean {
  return WORDS.test(text);
}

/** A word of Canton's, followed by the end of a key. It avoids the next check, which takes longer, for most texts. */
const KEYS = new RegExp(String.raw`${ROOT_NAME}["']?(?:\s*[{=:]|\.)|${KMS_KEY}|${NAMES}`);
/**
 * A root key is at the start of a line, which may be written as `\\n`, of an object or of a string. `docs.canton.network` and
 * `digital-asset/canton:3.5` are not keys.
 */
const ROOT = new RegExp(String.raw`(?:^|[\n\r{,>"'\x60=]|\\[nrt])[ \t"']*${ROOT_NAME}["']?(?:\s*[{=:]|\.)`);
const FRAGMENT = new RegExp(`${KMS_KEY}|${NAMES}`);

/** The same for a text that is not being typed: true if it may set anything. */
export function maySetCanton(text: string): boolean {
  return ROOT.test(text) || FRAGMENT.test(text);
}

/** The same for a whole file, also in Latin-1, because the relevant characters are ASCII. */
export function mayHoldCanton(text: string): boolean {
  return KEYS.test(text) && maySetCanton(text);
}

/** A cheap check as well: a text without any of these words configures no node. */
export function mentionsNodes(text: string): boolean {
  return /\b(?:participants|sequencers|mediators|domains|domain-managers)\b/.test(text) && mentionsCanton(text);
}
