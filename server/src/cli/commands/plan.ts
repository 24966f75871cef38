import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import {
  KMS_TYPE_NAMES,
  LAUNCH_SET,
  listProcedures,
  type Plan,
  type PlannedProcedure,
  type ServiceSettings,
  type Step,
} from '../../service';
import { jsonText } from '../../text/encoders/json';
import { terminalLines } from '../../text/encoders/terminal';
import { assignment, type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { type ExitCode, type Io, UsageError, unknownName } from '../io';
import { openFiles, readNamed, shown } from '../targets';

const FORMATS = ['markdown', 'json', 'console'] as const;
/** Options that are answers to the questions of procedures, by the same name. */
const ANSWERS = ['provider', 'mode', 'wrapper-key-id', 'new-key-id', 'fingerprint', LAUNCH_SET] as const;

export const plan: Command = {
  name: 'plan',
  usage: 'PROCEDURE --node KIND.NAME [OPTION...] FILE... | --list',
  summary: 'Plans a procedure for a node, and prints its runbook.',
  options: [
    ['--list', 'List the procedures; as json with their settings'],
    ['--verify RUNBOOK', 'Check whether a runbook, script or JSON plan is stale'],
    ['--node N', 'The node, for example participants.p1'],
    ['--new, --existing', 'Whether the node has never been started, or is in use'],
    ['--provider P', `The KMS type: ${KMS_TYPE_NAMES.join(', ')}`, KMS_TYPE_NAMES],
    ['--mode M', 'envelope (encryption) or external (keys)', ['envelope', 'external']],
    ['--set KEY=VALUE', 'A key of the kms section, or a setting; repeatable'],
    ['--wrapper-key-id ID', 'The ID of the wrapper key'],
    ['--new-key-id ID', 'The ID of the key to rotate to'],
    ['--fingerprint F', 'The fingerprint of the key to rotate or delete'],
    ['--launch-set NAME', 'The launch set to use, if the file is in several'],
    ['--format F', `${FORMATS.join(', ')}; markdown by default`, FORMATS],
    ['--part N', 'The Nth console script; each ends at a manual step'],
    ...LAUNCH_HELP,
  ],
  examples: ['canton-kms plan rotate-wrapper-key --node participants.p1 p1.conf'],
  words: async () => (await listProcedures()).map(({ name }) => name),
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...LAUNCH_OPTIONS,
      ...Object.fromEntries(ANSWERS.map((name) => [name, { type: 'string' }] as const)),
      list: { type: 'boolean' },
      verify: { type: 'string' },
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
    if (values.verify !== undefined) {
      return verify(values.verify, positionals, await launchSettings(values, io), io);
    }
    if (values.part !== undefined && format !== 'console') throw new UsageError('--part requires --format console');
    const procedures = await listProcedures();
    if (procedure === undefined) throw new UsageError('no procedure given; see canton-kms plan --list');
    const names = procedures.map(({ name }) => name);
    if (!names.includes(procedure)) {
      throw new UsageError(unknownName('procedure', procedure, names, `the procedures are ${names.join(', ')}`));
    }
    if (values.node === undefined) throw new UsageError('--node is required');
    if (files.length === 0) throw new UsageError('no file given');
    if (values.new === true && values.existing === true)
      throw new UsageError('--new cannot be combined with --existing');

    const settings = await launchSettings(values, io);
    const options = { ...stateOf(values), ...answersOf(values), ...settingsOf(values.set ?? []) };
    const { service, uris } = await openFiles(files, io, settings);
    const made = await service.planFiles(uris, { procedure, node: values.node, options });
    if (format === 'json') io.out(`${jsonText(withPaths(made.plan, io.cwd))}\n`);
    else io.out(format === 'console' ? scriptOf(made, values.part) : made.markdown);
    return made.plan.possible ? 0 : 1;
  },
};

/** Checks whether a runbook is still the plan for files, and prints the reasons if not. */
async function verify(runbook: string, files: readonly string[], settings: ServiceSettings, io: Io): Promise<ExitCode> {
  if (files.length === 0) throw new UsageError('no file given');
  const { service, uris } = await openFiles(files, io, settings);
  const reasons = await service.verifyPlan(uris, await readNamed(resolve(io.cwd, runbook), io));
  if (reasons === undefined) throw new UsageError(`"${runbook}" does not contain what a plan was made from`);
  const text = reasons.length === 0 ? 'current: it is still the plan for these files.' : `stale: ${reasons.join(' ')}`;
  io.out(terminalLines(`${text}\n`));
  return reasons.length === 0 ? 0 : 1;
}

function scriptOf({ plan: { possible }, console, parts }: PlannedProcedure, part: string | undefined): string {
  if (part === undefined || !possible) return console;
  const script = /^[1-9]\d*$/.test(part) ? parts[Number(part) - 1] : undefined;
  if (script === undefined) {
    const known = parts.length === 0 ? 'this procedure has no console script' : `the parts are 1 to ${parts.length}`;
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
    assignments.map((text) => {
      const [name, value] = assignment(text, '--set');
      return [`set.${name}`, value];
    }),
  );
}

/**
 * The checks of a step in machine-readable form: the expression is a line of its `console`, and is evaluated on the
 * console of the node.
 */
function checksOf({ console }: Pick<Step, 'console'>, guards: Step['guards']): object[] {
  return console.flatMap((expression, i) => {
    const what = guards?.[i]?.holds;
    return what === undefined ? [] : [{ what, expression, expected: 'true' }];
  });
}

/** Scripts expect paths, not URIs, and data for the renderer of console scripts is not part of the contract. */
function withPaths(made: Plan, cwd: string): Plan {
  const steps = (list: readonly Step[]) =>
    list.map(({ guards, leaves: _leaves, ...step }) => ({
      ...step,
      checks: checksOf(step, guards),
      edits: step.edits.map((edit) => ({ ...edit, file: shown(URI.parse(edit.file).fsPath, cwd) })),
    }));
  const { vault: _, ...plan } = made;
  return { ...plan, steps: steps(made.steps), rollback: steps(made.rollback) };
}
