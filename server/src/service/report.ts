import type { FileSet } from '../workspace/launch-sets';
import type { Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';

/**
 * What was looked at, what was not and why, by launch set: the first thing to read when a result surprises. It has names
 * of files, nodes and variables, and no values.
 * @param name how files are named
 */
export async function report(
  service: Pick<Workspace, 'classify' | 'setsOf' | 'snapshotOf'>,
  uris: readonly string[],
  name: (uri: string) => string,
): Promise<string> {
  const sets = new Map<string, FileSet>();
  const foreign: string[] = [];
  for (const uri of uris) {
    if (!(await service.classify(uri))) foreign.push(uri);
    else for (const set of await service.setsOf(uri)) sets.set(set.id, set);
  }
  const lines: string[] = [];
  for (const set of sets.values()) lines.push(...describe(await service.snapshotOf(set), name), '');
  if (sets.size === 0) lines.push('No Canton configuration found.', '');
  if (foreign.length > 0) lines.push("Not Canton's, left alone:", ...foreign.map((uri) => `  ${name(uri)}`), '');
  return lines.join('\n');
}

function describe(snapshot: Snapshot, name: (uri: string) => string): string[] {
  const { set, choice, sources, diagnostics, nodes } = snapshot;
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
