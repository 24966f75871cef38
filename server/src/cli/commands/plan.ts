import { URI } from 'vscode-uri';
import { KMS_TYPE_NAMES, LAUNCH_SET, listProcedures, type Plan, type PlannedProcedure, type Step } from '../../service';
import { jsonText } from '../../text/encoders/json';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { UsageError } from '../io';
import { openFiles, shown } from '../targets';

const FORMATS = ['markdown', 'json', 'console'] as const;
/** Options that are answers to the questions of procedures, by the same name. */
const ANSWERS = ['provider', 'mode', 'wrapper-key-id', 'new-key-id', 'fingerprint', LAUNCH_SET] as const;

export const plan: Command = {
  name: 'plan',
  usage: 'PROCEDURE --node KIND.NAME [OPTION...] FILE...  |  --list',
  summary: 'Plans a procedure for a node: its steps, edits and console commands.',
  options: [
    ['--list', 'The procedures and the Canton versions that they are for; with --format json what each can be told'],
    ['--node N', 'The node: participants.p1'],
    ['--new, --existing', 'The state of the node: never started, or in use'],
    ['--provider P', KMS_TYPE_NAMES.join(', ')],
    ['--mode M', 'envelope or external'],
    ['--set KEY=VALUE', "A setting of the provider's kms section, or an answer of the procedure; repeatable"],
    ['--wrapper-key-id ID', 'The wrapper key'],
    ['--new-key-id ID', 'The key to rotate to'],
    ['--fingerprint F', 'The key to rotate or to delete'],
    ['--launch-set NAME', 'Which one, where the project file has the file in several'],
    ['--format F', `${FORMATS.join(', ')}; markdown by default`],
    [
      '--part N',
      'With --format console: the Nth script; a manual step ends one. By default the first, and a list of the others',
    ],
    ...LAUNCH_HELP,
  ],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      ...Object.fromEntries(ANSWERS.map((name) => [name, { type: 'string' }] as const)),
      list: { type: 'boolean' },
      node: { type: 'string' },
      new: { type: 'boolean' },
      existing: { type: 'boolean' },
      set: { type: 'string', multiple: true },
      format: { type: 'string', default: 'markdown' },
      part: { type: 'string' },
    });
    const [procedure, ...files] = positionals;
    const format = choice(values.format, FORMATS, '--format');
    if (values.list === true) {
      io.out(format === 'json' ? `${JSON.stringify(await listProcedures(), null, 2)}\n` : await listing());
      return 0;
    }
    if (values.part !== undefined && format !== 'console') throw new UsageError('--part goes with --format console');
    const procedures = await listProcedures();
    if (procedure === undefined) throw new UsageError('which procedure? See canton-kms plan --list');
    if (!procedures.some(({ name }) => name === procedure)) {
      throw new UsageError(
        `there is no procedure "${procedure}"; there are ${procedures.map(({ name }) => name).join(', ')}`,
      );
    }
    if (values.node === undefined) throw new UsageError('--node is missing: which node?');
    if (files.length === 0) throw new UsageError('which file?');
    if (values.new === true && values.existing === true)
      throw new UsageError('--new and --existing exclude each other');

    const settings = await launchSettings(values, io);
    const options = { ...stateOf(values), ...answersOf(values), ...settingsOf(values.set ?? []) };
    const { service, uris } = await openFiles(files, io, settings);
    const made = await service.planFiles(uris, { procedure, node: values.node, options });
    if (format === 'json') io.out(`${jsonText(withPaths(made.plan, io.cwd))}\n`);
    else io.out(format === 'console' ? scriptOf(made, values.part) : made.markdown);
    return made.plan.possible ? 0 : 1;
  },
};

function scriptOf({ plan: { possible }, console, parts }: PlannedProcedure, part: string | undefined): string {
  if (part === undefined || !possible) return console;
  const script = /^[1-9]\d*$/.test(part) ? parts[Number(part) - 1] : undefined;
  if (script === undefined) {
    const known = parts.length === 0 ? 'nothing is run on the console' : `there are parts 1 to ${parts.length}`;
    throw new UsageError(`--part is "${part}"; ${known}`);
  }
  return script;
}

async function listing(): Promise<string> {
  const procedures = await listProcedures();
  const width = Math.max(...procedures.map(({ name }) => name.length));
  return procedures
    .map(({ name, summary, versions }) => `${name.padEnd(width)}  ${summary} (${versions.join(', ')})\n`)
    .join('');
}

function stateOf({
  new: isNew,
  existing,
}: {
  readonly new?: boolean;
  readonly existing?: boolean;
}): Record<string, string> {
  if (isNew === true) return { state: 'new' };
  return existing === true ? { state: 'existing' } : {};
}

function answersOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = ANSWERS.flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}

function settingsOf(assignments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const equals = assignment.indexOf('=');
      if (equals < 1) throw new UsageError(`--set is "${assignment}"; write KEY=VALUE`);
      return [`set.${assignment.slice(0, equals)}`, assignment.slice(equals + 1)];
    }),
  );
}

/** Scripts want paths, not URIs, and what only the renderer of console scripts needs is no part of the contract. */
function withPaths(made: Plan, cwd: string): Plan {
  const steps = (list: readonly Step[]) =>
    list.map(({ guards: _, leaves: _leaves, ...step }) => ({
      ...step,
      edits: step.edits.map((edit) => ({ ...edit, file: shown(URI.parse(edit.file).fsPath, cwd) })),
    }));
  const { vault: _, ...plan } = made;
  return { ...plan, steps: steps(made.steps), rollback: steps(made.rollback) };
}
