import type { Outlook } from './outlook';
import { type Cell, MOMENTS, type Moment } from './troubles';

const WHEN: Readonly<Record<Moment, string>> = {
  running: 'while it runs',
  restart: 'at a restart',
  failover: 'on failover',
  restore: 'at a restore',
};

/** The outlook as sections of a runbook. */
export function outlookSections({ troubles, watch }: Outlook): readonly string[] {
  const rows = troubles.flatMap(({ title, cells }) =>
    MOMENTS.map((moment, i) => row(i === 0 ? `**${title}**` : '', WHEN[moment], cells[moment])),
  );
  return [
    '## What to watch',
    watch.map((one) => `- ${one}`).join('\n'),
    '## When it breaks',
    'A row that is _shown_ was made on a running Canton by a test; one that is _derived_ follows from the source named. `canton-kms explain --log` knows what the log has.',
    [
      '| Trouble | When | What Canton does | In the log | What to do | Lost | Basis |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ];
}

function row(title: string, when: string, { canton, log, remedy, lost, basis, source }: Cell): string {
  const cells = [
    title,
    when,
    canton,
    log === undefined ? '' : `\`${log}\``,
    remedy,
    lost ?? 'nothing',
    `${basis}: ${source}`,
  ];
  return `| ${cells.map((one) => one.replaceAll('|', '\\|')).join(' | ')} |`;
}
