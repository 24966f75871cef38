import { URI } from 'vscode-uri';
import { version } from '../../../../package.json';
import { diskFiles } from '../../host/node';
import { rules } from '../../rules';
import { type FileSet, LanguageService } from '../../service';
import { type Command, parse } from '../command';
import { findTargets, shown } from '../targets';

/** What was looked at, what was not and why: the first thing to read when a result surprises. */
export const doctor: Command = {
  name: 'doctor',
  usage: '[PATH...]',
  summary: 'Tells how files are checked: project file, launch sets, versions, includes, rules that are off.',
  options: [],
  async run(args, io) {
    const { positionals } = parse(args, {});
    const targets = await findTargets(positionals.length > 0 ? positionals : ['.'], io.cwd);
    const uris = targets.map(({ path }) => URI.file(path).toString());
    const service = new LanguageService({ files: diskFiles, list: async () => uris });
    const name = (uri: string) => shown(URI.parse(uri).fsPath, io.cwd);

    const sets = new Map<string, FileSet>();
    const foreign: string[] = [];
    for (const uri of uris) {
      if (!(await service.classify(uri))) foreign.push(uri);
      else for (const set of await service.setsOf(uri)) sets.set(set.id, set);
    }
    const lines = [`canton-kms ${version}, Node ${process.versions.node}, ${rules.length} rules`, ''];
    for (const set of sets.values()) lines.push(...(await describe(service, set, name)), '');
    if (sets.size === 0) lines.push('No Canton configuration found.', '');
    if (foreign.length > 0) lines.push("Not Canton's, left alone:", ...foreign.map((uri) => `  ${name(uri)}`), '');
    io.out(lines.join('\n'));
    return 0;
  },
};

async function describe(service: LanguageService, set: FileSet, name: (uri: string) => string): Promise<string[]> {
  const snapshot = await service.snapshotOf(set);
  const { choice, sources, diagnostics, nodes } = snapshot;
  const { project } = set;
  const found = snapshot.files.map(name);
  const missing = [...sources.lookedFor].filter((uri) => sources.get(uri) === undefined).map(name);
  const count = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
  const rows: [string, string][] = [
    ['checked as', `Canton ${choice.version} (${choice.versionSource}), ${choice.edition} (${choice.editionSource})`],
    ['project file', project === undefined ? 'none' : name(project.uri)],
    ['files', found.join(', ') || 'none'],
    ['looked for, not found', missing.join(', ') || 'nothing'],
    ['variables', [...(project?.environment.variables.keys() ?? [])].join(', ') || 'none given; others are unknown'],
    ['rules off', [...(project?.off ?? [])].join(', ') || 'none'],
    [
      'nodes',
      nodes.map(({ id, mode, kmsType }) => `${id} (${[mode, kmsType].filter(Boolean).join(', ')})`).join(', ') ||
        'none',
    ],
    ['problems', `${count('error')} errors, ${count('warning')} warnings`],
  ];
  const problems = (project?.problems ?? []).map(({ message }) => `  project file problem: ${message}`);
  const declared = set.declared ? 'declared in canton-kms.json' : 'inferred';
  return [`Launch set ${set.name} (${declared})`, ...rows.map(([key, value]) => `  ${key}: ${value}`), ...problems];
}
