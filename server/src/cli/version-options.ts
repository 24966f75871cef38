import { CANTON_VERSIONS, type CantonVersion, EDITIONS, type Edition, releaseLine } from '../../../schemas/version';
import type { VersionWish } from '../model/facts/version-choice';
import { choice, type OptionHelp } from './command';
import { UsageError } from './io';

/** Options of every command that checks against a Canton version. */
export const VERSION_OPTIONS = { 'canton-version': { type: 'string' }, edition: { type: 'string' } } as const;

export const VERSION_HELP: readonly OptionHelp[] = [
  ['--canton-version V', `Canton version, over what the files say: ${CANTON_VERSIONS.join(', ')}`],
  ['--edition E', `Edition, over what the files say: ${EDITIONS.join(', ')}`],
];

export function versionWish(values: {
  readonly 'canton-version'?: string | undefined;
  readonly edition?: string | undefined;
}): VersionWish {
  return { version: readVersion(values['canton-version']), edition: readEdition(values.edition) };
}

function readVersion(text: string | undefined): CantonVersion | undefined {
  if (text === undefined) return undefined;
  const found = releaseLine(text);
  if (found === undefined) {
    throw new UsageError(`--canton-version is "${text}"; known versions are ${CANTON_VERSIONS.join(', ')}`);
  }
  return found;
}

function readEdition(text: string | undefined): Edition | undefined {
  return choice(text, EDITIONS, '--edition');
}
