const SECRET =
  /(^|[-_.])(password|passwd|passphrase|secret|token|pin|credentials?|api-?key|private-?key|access-?key|secret-?key)$/i;

/** Whether a key with this name surely holds a secret, by what drivers, databases and clouds call theirs. */
export function namesSecret(name: string): boolean {
  return SECRET.test(kebab(name));
}

/** `apiKey` as `api-Key`. */
export function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2');
}
