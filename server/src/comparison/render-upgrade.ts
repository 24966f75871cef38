import { maskedLine } from '../model/facts/secrets';
import { unifiedDiff } from '../operations/render';
import { markdownCode, markdownFence, markdownProse, markdownText } from '../text/encoders/markdown';
import { terminalText } from '../text/encoders/terminal';
import type { ChangedProcedure } from './procedures';
import { isEmpty, type NodeProcedures, UPGRADE_KINDS, type Upgrade, type UpgradeChange } from './upgrade';

/** The display names and texts of files. */
export interface UpgradeFiles {
  nameOf(uri: string): string;
  textOf(uri: string): string | undefined;
}

const KINDS = Object.keys(UPGRADE_KINDS) as readonly UpgradeChange['kind'][];

/** The number of console lines shown for a procedure; its runbook has all of them. */
const MAX_LINES = 6;

/** The changes for people, below a heading for each node. */
export function upgradeMarkdown(upgrades: readonly Upgrade[], files: UpgradeFiles): string {
  const parts = upgrades.flatMap((upgrade) => {
    const sections = sectionsOf(upgrade).flatMap(({ title, kinds, procedures }) => [
      `## ${markdownText(title)}`,
      ...kinds.flatMap(({ kind, changes }) => [
        `**${UPGRADE_KINDS[kind]}**`,
        changes.map((change) => itemOf(change, files)).join('\n'),
      ]),
      ...(procedures.length === 0 ? [] : ['**Procedures that change**', procedures.map(procedureItem).join('\n')]),
    ]);
    return [
      `# ${markdownText(headOf(upgrade))}`,
      ...(sections.length === 0 ? [NOTHING] : sections),
      ...notesOf(upgrade),
    ];
  });
  return `${parts.join('\n\n')}\n`;
}

function itemOf({ message, code, place, edits }: UpgradeChange, files: UpgradeFiles): string {
  const where = place === undefined ? '' : `${markdownCode(`${files.nameOf(place.uri)}:${place.line + 1}`)}: `;
  const rule = code === undefined ? '' : ` (${markdownCode(code)})`;
  const diffs = diffsOf(edits, files).map(
    ({ name, diff }) => `${markdownCode(name)}:\n\n${markdownFence('diff', diff)}`,
  );
  return [`- ${where}${markdownProse(message)}${rule}`, ...diffs.map(indented)].join('\n\n');
}

function procedureItem({ name, kind, gone, fresh }: ChangedProcedure): string {
  const lines = diffLines(gone, fresh);
  const block = lines.length === 0 ? [] : [indented(markdownFence('diff', lines.join('\n')))];
  return [`- ${markdownCode(name)}: ${PROCEDURES[kind]}`, ...block].join('\n\n');
}

/** The same for a terminal. */
export function upgradeText(upgrades: readonly Upgrade[], files: UpgradeFiles): string {
  return upgrades.map((upgrade) => textOf(upgrade, files)).join('\n');
}

function textOf(upgrade: Upgrade, files: UpgradeFiles): string {
  const lines = [headOf(upgrade)];
  for (const { title, kinds, procedures } of sectionsOf(upgrade)) {
    lines.push('', title);
    for (const { kind, changes } of kinds) {
      lines.push(`  ${UPGRADE_KINDS[kind]}:`);
      for (const { message, code, place, edits } of changes) {
        const where = place === undefined ? '' : `${files.nameOf(place.uri)}:${place.line + 1}: `;
        lines.push(`    ${where}${message}${code === undefined ? '' : ` (${code})`}`);
        for (const { diff } of diffsOf(edits, files))
          lines.push(
            ...diff
              .split('\n')
              .filter((line) => /^[+-]/.test(line))
              .map((line) => `      ${line}`),
          );
      }
    }
    if (procedures.length > 0) lines.push('  Procedures that change:');
    for (const { name, kind, gone, fresh } of procedures)
      lines.push(`    ${name}: ${PROCEDURES[kind]}`, ...diffLines(gone, fresh).map((line) => `      ${line}`));
  }
  if (isEmpty(upgrade)) lines.push('', NOTHING);
  for (const note of notesOf(upgrade)) lines.push('', note);
  return lines.map((line) => `${terminalText(line)}\n`).join('');
}

const NOTHING = 'Nothing changes for this configuration.';

const PROCEDURES: Readonly<Record<ChangedProcedure['kind'], string>> = {
  added: 'becomes possible for this node.',
  removed: 'is no longer possible for this node.',
  commands: 'runs other console commands.',
};

function headOf({ launchSet, from, to }: Upgrade): string {
  return `${launchSet}: Canton ${from.version} to ${to.version} (${to.edition})`;
}

function notesOf({ alreadyRefused, from, to }: Upgrade): readonly string[] {
  if (alreadyRefused === 0) return [];
  const errors = alreadyRefused === 1 ? 'One error is' : `${alreadyRefused} errors are`;
  return [`${errors} the same in ${from.version} and ${to.version}, and not listed here. canton-kms check shows them.`];
}

interface Section {
  readonly title: string;
  readonly kinds: readonly { readonly kind: UpgradeChange['kind']; readonly changes: readonly UpgradeChange[] }[];
  readonly procedures: readonly ChangedProcedure[];
}

/** First the changes for the whole process, then those for nodes; nodes with the same changes share a section. */
function sectionsOf({ changes, procedures }: Upgrade): readonly Section[] {
  const nodes = new Set([...changes.map(({ node }) => node), ...procedures.flatMap((one) => one.nodes)]);
  const sections = new Map<string, { readonly names: string[]; readonly node: string | undefined }>();
  for (const node of [...nodes].sort((a, b) => (a ?? '').localeCompare(b ?? ''))) {
    const own = changes.filter((change) => change.node === node);
    const content = own.map(({ kind, message, place }) => [kind, message, place]);
    const id = JSON.stringify([node === undefined, content, changedFor(procedures, node)]);
    const known = sections.get(id) ?? { names: [], node };
    known.names.push(node ?? 'All nodes');
    sections.set(id, known);
  }
  return [...sections.values()].map(({ names, node }) => ({
    title: names.join(', '),
    kinds: KINDS.map((kind) => ({
      kind,
      changes: changes.filter((change) => change.node === node && change.kind === kind),
    })).filter((one) => one.changes.length > 0),
    procedures: changedFor(procedures, node),
  }));
}

function changedFor(procedures: readonly NodeProcedures[], node: string | undefined): readonly ChangedProcedure[] {
  return procedures.find(({ nodes }) => node !== undefined && nodes.includes(node))?.changed ?? [];
}

function diffsOf(edits: UpgradeChange['edits'], { nameOf, textOf }: UpgradeFiles) {
  return [...new Set(edits.map(({ file }) => file))].map((uri) => ({
    name: nameOf(uri),
    diff: unifiedDiff(
      textOf(uri) ?? '',
      edits.filter(({ file }) => file === uri),
    ),
  }));
}

function diffLines(gone: readonly string[], fresh: readonly string[]): string[] {
  const shown = (mark: string, lines: readonly string[]) => [
    ...lines.slice(0, MAX_LINES).flatMap((line) => line.split('\n').map((one) => `${mark}${maskedLine(one)}`)),
    ...(lines.length > MAX_LINES ? [`${mark}… ${lines.length - MAX_LINES} more`] : []),
  ];
  return [...shown('-', gone), ...shown('+', fresh)];
}

function indented(block: string): string {
  return block.replace(/^(?=.)/gm, '  ');
}
