import { resolve } from 'node:path';
import type { DriftResult, KeyVerdict, Need } from '../../service';
import { jsonText } from '../../text/encoders/json';
import { terminalLines } from '../../text/encoders/terminal';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { type Io, UsageError } from '../io';
import { openFiles, readNamed } from '../targets';

const FORMATS = ['text', 'json'] as const;

export const drift: Command = {
  name: 'drift',
  usage: '--node KIND.NAME --listing FILE [OPTION...] FILE...',
  summary: 'Compares a node with its keys in the KMS: which may be disabled?',
  options: [
    ['--node N', 'The node, for example participants.p1'],
    ['--listing FILE', 'Output of keys.secret.list, or the table of keys; - for input'],
    ['--inventory FILE', 'What the script of canton-kms preflight printed with --json'],
    ['--history FILE', 'All mappings of the node with times: see docs/preflight.md'],
    ['--backup TIME[=FILE]', 'A backup that is kept, such as 2026-01-31; repeatable'],
    ['--no-backups', 'No backup is kept'],
    ['--other NAME=FILE', 'The listing of another node; repeatable'],
    ['--format F', `${FORMATS.join(', ')}; text by default`, FORMATS],
    ...LAUNCH_HELP,
  ],
  examples: ['canton-kms drift --node participants.p1 --listing keys.txt p1.conf'],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      node: { type: 'string' },
      listing: { type: 'string' },
      inventory: { type: 'string' },
      history: { type: 'string' },
      backup: { type: 'string', multiple: true },
      'no-backups': { type: 'boolean' },
      other: { type: 'string', multiple: true },
      format: { type: 'string' },
    });
    const { node, listing, inventory, history } = values;
    const format = choice(values.format, FORMATS, '--format') ?? 'text';
    if (node === undefined) throw new UsageError('--node is missing: which node?');
    if (listing === undefined) throw new UsageError('--listing is missing: which keys does the node have?');
    if (positionals.length === 0) throw new UsageError('which file?');
    const given = values.backup ?? [];
    const none = values['no-backups'] === true;
    if (none && given.length > 0) throw new UsageError('--backup and --no-backups exclude each other');
    const read = async (file: string) => (file === '-' ? await inputOf(io) : readNamed(resolve(io.cwd, file), io));
    const optional = async (file: string | undefined) => (file === undefined ? undefined : read(file));
    const backups = await Promise.all(
      given.map(async (text) => {
        const [at, ...file] = text.split('=');
        return { at: at ?? '', listing: file.length === 0 ? undefined : await read(file.join('=')) };
      }),
    );
    const others = await Promise.all(
      (values.other ?? []).map(async (text) => {
        const equals = text.indexOf('=');
        if (equals < 1) throw new UsageError(`--other is "${text}"; write NAME=FILE`);
        return { name: text.slice(0, equals), listing: await read(text.slice(equals + 1)) };
      }),
    );
    const { service, uris } = await openFiles(positionals, io, await launchSettings(values, io));
    const result = await service.driftFiles(uris, {
      node,
      listing: await read(listing),
      inventory: await optional(inventory),
      history: await optional(history),
      backups: none || given.length > 0 ? backups : undefined,
      others,
      now: Date.now(),
    });
    if (result.kind === 'none') throw new UsageError(result.reason);
    io.out(
      format === 'json'
        ? `${jsonText({ version: 1, node, findings: result.findings, keys: withInstants(result.keys) })}\n`
        : textOf(result),
    );
    return result.findings.length === 0 ? 0 : 1;
  },
};

async function inputOf(io: Io): Promise<string> {
  const input = await io.readInput();
  if (input.kind !== 'text') throw new UsageError(`standard input ${input.reason}`);
  return input.text;
}

function instant(time: number): string {
  return new Date(time).toISOString();
}

function endOf({ by, until }: Need): string[] {
  if (until === undefined) return [];
  const end = by === 'backup' ? `no backup of ${instant(until)} or before is kept` : instant(until);
  return [`It is needed until ${end}.`];
}

/** Scripts expect times in ISO 8601. */
function withInstants(keys: readonly KeyVerdict[]): object[] {
  return keys.map((key) => ({
    ...key,
    needs: key.needs.map(({ until, ...need }) => (until === undefined ? need : { ...need, until: instant(until) })),
  }));
}

function textOf({ findings, keys }: Extract<DriftResult, { kind: 'drift' }>): string {
  const found = findings.map(({ kind, key, message }) => `${kind}: ${key}: ${message}`);
  const verdicts = keys.map(({ id, usage, mayBeDisabled, needs }) => {
    const name = usage === undefined ? id : `${id} (${usage})`;
    if (mayBeDisabled) return `may be disabled: ${name}`;
    const reasons = needs.map((need) => [need.reason, ...endOf(need)].join(' '));
    return `must stay enabled: ${name}: ${reasons.join(' ')}`;
  });
  const lines = [found.length === 0 ? 'Nothing found.' : 'Found:', ...found, '', 'Keys of the KMS:', ...verdicts];
  return lines.map((line) => `${terminalLines(line)}\n`).join('');
}
