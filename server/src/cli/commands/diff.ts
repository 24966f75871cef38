import { dirname, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import {
  createLanguageService,
  type DiffSide,
  type LanguageService,
  mayHoldCanton,
  type PlacedChange,
  type PlacedValue,
  type SetDiff,
} from '../../service';
import { jsonText } from '../../text/encoders/json';
import { markdownCode, markdownText } from '../../text/encoders/markdown';
import { terminalText } from '../../text/encoders/terminal';
import { type Command, choice, LAUNCH_HELP, LAUNCH_OPTIONS, launchSettings, parse } from '../command';
import { type Io, UsageError } from '../io';
import { findTargets, readNamed, shown, type Target } from '../targets';

const FORMATS = ['text', 'markdown', 'json'] as const;

export const diff: Command = {
  name: 'diff',
  usage: '[OPTION...] OLD NEW  |  --set OLD... -- NEW...',
  summary: 'Compares what two configurations mean to Canton, node by node.',
  options: [
    ['--set', 'Compare all files of each side, in order, as one launch set'],
    ['--format F', `Output format: ${FORMATS.join(', ')}; text by default`],
    ...LAUNCH_HELP,
  ],
  examples: [
    'canton-kms diff old/participant.conf new/participant.conf',
    'canton-kms diff --set a.conf b.conf -- c.conf',
  ],
  async run(args, io) {
    const { values, positionals } = parse(args.includes('--') ? args.slice(0, args.indexOf('--')) : args, {
      ...LAUNCH_OPTIONS,
      set: { type: 'boolean' },
      format: { type: 'string' },
    });
    const format = choice(values.format, FORMATS, '--format') ?? 'text';
    const [old, fresh] = sidesOf(args, positionals, values.set === true);
    const known: string[] = [];
    const service = createLanguageService({
      files: io.disk.files,
      list: async () => known,
      rootOf: (folder) => io.disk.rootOf(folder, io.cwd),
    });
    service.configure(await launchSettings(values, io));
    const targets = [await findTargets(old, io), await findTargets(fresh, io)] as const;
    known.push(...targets.flat().map(uriOf));
    const asOneSet = values.set === true;
    const sides = [
      await sideOf(old, targets[0], asOneSet, service, io),
      await sideOf(fresh, targets[1], asOneSet, service, io),
    ] as const;
    const found = await service.diff(...sides);
    const nameOf = (uri: string) => shown(URI.parse(uri).fsPath, io.cwd);
    for (const uri of new Set(found.flatMap(({ faulty }) => faulty)))
      io.err(`"${nameOf(uri)}" has errors, so some of its values are unknown`);
    io.out(render(found, format, nameOf));
    return found.every(isSame) ? 0 : 1;
  },
};

/** The arguments of each side: with `--set`, several of them, and `--` between the sides. */
function sidesOf(
  args: readonly string[],
  before: readonly string[],
  asOneSet: boolean,
): [readonly string[], readonly string[]] {
  const at = args.indexOf('--');
  if (at >= 0 && asOneSet && before.length > 0 && at + 1 < args.length) return [before, args.slice(at + 1)];
  const all = at < 0 ? before : [...before, ...args.slice(at + 1)];
  const [old, fresh] = all;
  if (old === undefined || fresh === undefined || all.length > 2) {
    const several = asOneSet ? '; write -- between the files of the two sides' : '';
    throw new UsageError(`two configurations are required, an old one and a new one${several}`);
  }
  return [[old], [fresh]];
}

/** The Canton files of a side, and the folder relative to which they are compared. */
async function sideOf(
  args: readonly string[],
  targets: readonly Target[],
  asOneSet: boolean,
  service: LanguageService,
  io: Io,
): Promise<DiffSide> {
  const uris: string[] = [];
  for (const target of targets) {
    const uri = uriOf(target);
    if (target.named) service.update(uri, await readNamed(target.path, io));
    else if (!(await isCantons(target, service, io))) continue;
    uris.push(uri);
  }
  const [first = ''] = args;
  if (uris.length === 0) throw new UsageError(`no Canton configuration found in "${first}"`);
  const path = resolve(io.cwd, first);
  const isFolder = (await io.disk.kindOf(path)) === 'folder';
  return { uris, asOneSet, folder: `${URI.file(isFolder ? path : dirname(path)).toString()}/` };
}

async function isCantons(target: Target, service: LanguageService, io: Io): Promise<boolean> {
  const uri = uriOf(target);
  if (await service.isExcluded(uri)) return false;
  const file = await io.disk.read(target.path);
  return file.kind === 'text' && mayHoldCanton(file.text) && (await service.classify(uri));
}

function uriOf({ path }: Target): string {
  return URI.file(path).toString();
}

type NameOf = (uri: string) => string;

function isSame(set: SetDiff): boolean {
  return set.changes.length === 0 && versionOf(set) === undefined;
}

/** The change of the version or edition with which the files are read. */
function versionOf({ old, new: fresh }: SetDiff): string | undefined {
  if (old === undefined || fresh === undefined) return undefined;
  const [was, is] = [old, fresh].map(({ version, edition }) => `Canton ${version} ${edition}`);
  return was === is ? undefined : `${was} -> ${is}`;
}

function render(found: readonly SetDiff[], format: (typeof FORMATS)[number], nameOf: NameOf): string {
  if (format === 'json') return `${jsonText({ version: 1, launchSets: found.map((set) => plain(set, nameOf)) })}\n`;
  const sets = found.filter((set) => !isSame(set));
  if (sets.length === 0) return 'Nothing changes for Canton.\n';
  const blocks = sets.map((set) => {
    const nodes = [...new Set(set.changes.map(({ node }) => node))].sort((a, b) => (a ?? '').localeCompare(b ?? ''));
    const version = versionOf(set);
    const head = format === 'markdown' ? [`# ${markdownText(set.name)}`, ''] : [terminalText(set.name)];
    if (version !== undefined) head.push(format === 'markdown' ? `${version}\n` : `  ${version}`);
    return [...head, ...nodes.flatMap((node) => nodeLines(set, node, format, nameOf))].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

function nodeLines(set: SetDiff, node: string | undefined, format: 'text' | 'markdown', nameOf: NameOf): string[] {
  const own = set.changes.filter((change) => change.node === node);
  const title = node ?? 'All nodes';
  if (format === 'text')
    return [`  ${terminalText(title)}`, ...own.map((one) => `    ${terminalText(line(one, nameOf))}`)];
  return [`## ${markdownText(title)}`, '', ...own.map((one) => `- ${markdownCode(line(one, nameOf))}`), ''];
}

/** `ledger-api.port: 5011 -> 5021  (p1.conf:3)` */
function line({ kind, node, configPath, old, new: fresh }: PlacedChange, nameOf: NameOf): string {
  const place = placeOf(fresh ?? old, nameOf);
  const prefix = `canton.${node === undefined ? '' : `${node}`}`;
  if (configPath === prefix) return `${kind}  (${place})`;
  const key = configPath.startsWith(prefix) ? configPath.slice(prefix.length).replace(/^\./, '') : configPath;
  const isHidden = kind === 'changed' && old?.value === fresh?.value;
  const values = isHidden ? `changed ${fresh?.value}` : `${old?.value ?? 'not set'} -> ${fresh?.value ?? 'not set'}`;
  return `${key}: ${values}  (${place})`;
}

function placeOf(value: PlacedValue | undefined, nameOf: NameOf): string {
  if (value === undefined) return '';
  return value.line === undefined ? nameOf(value.uri) : `${nameOf(value.uri)}:${value.line + 1}`;
}

function plain({ changes, faulty, ...set }: SetDiff, nameOf: NameOf): object {
  const placed = (value: PlacedValue | undefined) =>
    value === undefined ? null : { value: value.value, path: nameOf(value.uri), line: value.line ?? null };
  const releaseOf = (release: SetDiff['old']) => release && { version: release.version, edition: release.edition };
  return {
    name: set.name,
    old: releaseOf(set.old) ?? null,
    new: releaseOf(set.new) ?? null,
    faulty: faulty.map(nameOf),
    changes: changes.map(({ kind, node, configPath, old, new: fresh }) => ({
      kind,
      node: node ?? null,
      configPath,
      old: placed(old),
      new: placed(fresh),
    })),
  };
}
