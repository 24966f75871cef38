import { URI } from 'vscode-uri';
import { LAUNCH_SET } from '../../operations/facts';
import type { Plan, Step } from '../../operations/plan';
import { plan as planFor } from '../../operations/planner';
import { versionsOf } from '../../operations/procedure';
import { procedures } from '../../operations/procedures';
import { renderConsole, renderMarkdown } from '../../operations/render';
import { type Command, choice, parse } from '../command';
import { ENVIRONMENT_HELP, ENVIRONMENT_OPTIONS, environmentOf } from '../environment-options';
import { UsageError } from '../io';
import { openSets } from '../launch-set';
import { shown } from '../targets';
import { VERSION_HELP, VERSION_OPTIONS, versionWish } from '../version-options';

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
    ['--provider P', 'aws, gcp or driver'],
    ['--mode M', 'envelope or external'],
    ['--set KEY=VALUE', "A setting of the provider's kms section, or an answer of the procedure; repeatable"],
    ['--wrapper-key-id ID', 'The wrapper key'],
    ['--new-key-id ID', 'The key to rotate to'],
    ['--fingerprint F', 'The key to rotate or to delete'],
    ['--launch-set NAME', 'Which one, where the project file has the file in several'],
    ['--format F', `${FORMATS.join(', ')}; markdown by default`],
    ...VERSION_HELP,
    ...ENVIRONMENT_HELP,
  ],
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...VERSION_OPTIONS,
      ...ENVIRONMENT_OPTIONS,
      ...Object.fromEntries(ANSWERS.map((name) => [name, { type: 'string' }] as const)),
      list: { type: 'boolean' },
      node: { type: 'string' },
      new: { type: 'boolean' },
      existing: { type: 'boolean' },
      set: { type: 'string', multiple: true },
      format: { type: 'string', default: 'markdown' },
    });
    const [procedure, ...files] = positionals;
    const format = choice(values.format, FORMATS, '--format');
    if (values.list === true) {
      io.out(format === 'json' ? `${JSON.stringify(described(), null, 2)}\n` : listing());
      return 0;
    }
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

    const settings = { force: versionWish(values), environment: await environmentOf(values, io.cwd) };
    const { service, snapshots } = await openSets(files, io.cwd, settings);
    const options = { ...stateOf(values), ...answersOf(values), ...settingsOf(values.set ?? []) };
    const request = service.planRequestOf(snapshots, { procedure, node: values.node, options });
    const made = planFor(request);
    if (format === 'json') io.out(`${JSON.stringify(withPaths(made, io.cwd), null, 2)}\n`);
    else if (format === 'console') io.out(renderConsole(made));
    else io.out(renderMarkdown(made, (uri) => request.tree(uri)?.text));
    return made.possible ? 0 : 1;
  },
};

function listing(): string {
  const width = Math.max(...procedures.map(({ name }) => name.length));
  return procedures
    .map((one) => `${one.name.padEnd(width)}  ${one.summary} (${versionsOf(one).join(', ')})\n`)
    .join('');
}

/** For scripts, with the names of what each can be told by `--set`. */
function described() {
  return procedures.map(({ name, title, summary, answers = {}, ...procedure }) => ({
    name,
    title,
    summary,
    versions: versionsOf(procedure),
    answers,
  }));
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

/** Scripts want paths, not URIs. */
function withPaths(made: Plan, cwd: string): Plan {
  const steps = (list: readonly Step[]) =>
    list.map((step) => ({
      ...step,
      edits: step.edits.map((edit) => ({ ...edit, file: shown(URI.parse(edit.file).fsPath, cwd) })),
    }));
  return { ...made, steps: steps(made.steps), rollback: steps(made.rollback) };
}
