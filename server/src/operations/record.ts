import { madeFromLine } from './made-from';
import type { Plan } from './plan';

/**
 * The record of a plan that was carried out: what an auditor asks for. The scripts write the rows of their steps; the
 * other fields are for people.
 */

const FIELDS = [
  'Change ticket, and why',
  'Operator, and second person',
  'Backup: its identifier and time, and the wrapper keys that it needs',
  'New keys: ID in the KMS, kind, event of creation, policy',
  'Old keys: kept, disabled or scheduled for deletion, and since when',
  'Configuration: commit, and times of the restarts of each replica',
  'Seen on another node: the announced keys, and a ping',
  'After a failover, on replicated nodes: the same checks',
  'Deviations, steps back, and warnings "KMS operation … failed" during the change',
];

const COLUMNS = ['Time', 'Step', 'Check', 'Expression', 'Expected', 'Observed', 'Result'];

/** The lines before the rows, as Markdown. */
export function recordHead({
  procedure,
  node,
  cantonVersion,
  madeFrom,
}: Pick<Plan, 'procedure' | 'node' | 'cantonVersion' | 'madeFrom'>): readonly string[] {
  return [
    `# Record of ${procedure}: ${node}, Canton ${cantonVersion}`,
    '',
    ...(madeFrom === undefined ? [] : [madeFromLine(madeFrom), '']),
    ...FIELDS.map((field) => `- ${field}:`),
    '',
    `| ${COLUMNS.join(' | ')} |`,
    `| ${COLUMNS.map(() => '---').join(' | ')} |`,
  ];
}

/** The section of a runbook. @param file where the scripts write the rows */
export function recordSection(plan: Plan, file: string): readonly string[] {
  const rows = `The scripts of \`--format console\` write it to \`${file}\`, with a row for each check and each value; complete it by hand, and keep it.`;
  return ['## Record', rows, recordHead(plan).slice(2).join('\n')];
}
