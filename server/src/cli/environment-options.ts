import { resolve } from 'node:path';
import type { Environment } from '../hocon/source';
import { readEnvFile } from '../workspace/env-file';
import type { OptionHelp } from './command';
import { UsageError } from './io';
import { readNamed } from './targets';

/** The node's environment, which is not that of the process that checks its files. */
export const ENVIRONMENT_OPTIONS = {
  env: { type: 'string', multiple: true },
  'env-file': { type: 'string', multiple: true },
  'env-only': { type: 'boolean' },
} as const;

export const ENVIRONMENT_HELP: readonly OptionHelp[] = [
  ['--env NAME=VALUE', 'A variable of the environment that the node runs in; repeatable'],
  ['--env-file FILE', 'A file of NAME=VALUE lines; --env wins over it'],
  ['--env-only', 'There are no other variables; without it any other is unknown'],
];

export async function environmentOf(
  values: {
    readonly env?: readonly string[] | undefined;
    readonly 'env-file'?: readonly string[] | undefined;
    readonly 'env-only'?: boolean | undefined;
  },
  cwd: string,
): Promise<Environment> {
  const variables = new Map<string, string>();
  for (const file of values['env-file'] ?? []) {
    for (const [name, value] of readEnvFile(await readNamed(resolve(cwd, file), cwd))) variables.set(name, value);
  }
  for (const assignment of values.env ?? []) {
    const equals = assignment.indexOf('=');
    if (equals < 1) throw new UsageError(`--env is "${assignment}"; write NAME=VALUE`);
    variables.set(assignment.slice(0, equals), assignment.slice(equals + 1));
  }
  return { variables, closed: values['env-only'] === true };
}
