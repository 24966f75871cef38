import type { KeyPath } from '../../hocon/values/config-value';

const SECRET =
  /(^|[-_.])(password|passwd|passphrase|secret|token|pin(?:[-_.]?code)?|credentials?|(?:api|private|access|secret|signing|encryption|master|root)[-_.]?key)$/i;
/** Keys of sections that the schema leaves open, such as the properties of a database or the config of a driver. */
const SECRET_NAME = /pass(?:word|wd|phrase)|secret|token|credential/i;

/** True for a name that drivers, databases and clouds use for secrets only. */
export function namesSecret(name: string): boolean {
  return SECRET.test(kebab(name));
}

/** Too many are better than too few: a hidden value can still be read in the file. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || namesSecret(name);
}

/** The text without the credentials in URLs and connection strings. */
export function withoutCredentials(text: string, mask: (secret: string) => string = () => '…'): string {
  const masked = (_: string, before: string, secret: string) => before + mask(secret);
  return text
    .replace(/(:\/\/[^\s/:@]*:)([^\s/@]+)(?=@)/g, masked)
    .replace(/\b((?:pass(?:word|wd)?|pwd|secret|token|api-?key)=)([^\s&;"']+)/gi, masked);
}

// A match must begin at the start of a key, so that a long word is scanned only once.
const ASSIGNMENT =
  /(?<![\w."-])([\w."-]+)([ \t]*(?:\+?=|:)[ \t]*)(?!\$\{|\{)("(?:[^"\\]|\\.)*"|[^\s,{}\]#]+(?:[ \t]+[^\s,{}\]#]+)*)/g;

/** A line of configuration without the secrets in it. */
export function maskedLine(line: string): string {
  return withoutCredentials(line).replace(ASSIGNMENT, (all, key: string, separator: string) =>
    isSecretName(key.replaceAll('"', '').split('.').at(-1) as string) ? `${key}${separator}…` : all,
  );
}

/** `apiKey` as `api-Key`. */
export function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2');
}

/** Shown instead of a secret value. */
export const MASKED = '(secret)';

/** The displayed form of an environment variable's value. */
export function shownVariable(name: string, value: string): string {
  return isSecretName(name) ? MASKED : withoutCredentials(JSON.stringify(value));
}

/** True if the value at a path must not be shown, according to its name or to that of a key around it. */
export function isSecretPath(path: KeyPath): boolean {
  return path.some(isSecretName);
}
