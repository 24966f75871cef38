/** What a configuration may leave open. */
export type PlaceholderName =
  | 'ACCOUNT_ID'
  | 'REGION'
  | 'KEY_ID'
  | 'PROJECT_ID'
  | 'LOCATION_ID'
  | 'KEY_RING_ID'
  | 'SERVICE_ACCOUNT';

/** Placeholders in use, each with the end of the sentence that says what it stands for and why. */
export type Gaps = Map<PlaceholderName, string>;

/** Notes that the text has a hole, and gives what to write there. */
export function placeholder(gaps: Gaps, name: PlaceholderName, meaning: string): string {
  const before = gaps.get(name);
  gaps.set(name, before === undefined ? meaning : `${before}; also for ${meaning}`);
  return `<${name}>`;
}

/**
 * May the text stand in a policy as it is? Wildcards would widen it, and white space or quotes break out of the place
 * that they are written in.
 */
export function isPlain(text: string): boolean {
  return /^[\w.:/-]+$/.test(text);
}

const IN_TEXT = /<(ACCOUNT_ID|REGION|KEY_ID|PROJECT_ID|LOCATION_ID|KEY_RING_ID|SERVICE_ACCOUNT)>/g;

export function replacePlaceholders(text: string, by: (name: string) => string): string {
  return text.replace(IN_TEXT, (_, name: string) => by(name));
}
