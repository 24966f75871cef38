import type * as vscode from 'vscode';
import type { StatusResult } from '../../server/src/lsp/protocol';
import {
  CHOOSE_LAUNCH_SET,
  CHOOSE_VERSION,
  RESTART_SERVER,
  SHOW_EFFECTIVE,
  SHOW_OUTPUT,
  SHOW_REPORT,
} from './commands/ids';

const SOURCES: Record<StatusResult['versionSource'], string> = {
  directive: 'a comment in this file',
  project: 'canton-kms.json',
  setting: 'the setting cantonKms.cantonVersion',
  default: 'default',
};

const link = (label: string, command: string) => `[${label}](command:${command})`;

/** The commands that links in the tooltips run. */
export const LINKED = [
  CHOOSE_VERSION,
  CHOOSE_LAUNCH_SET,
  SHOW_EFFECTIVE,
  SHOW_REPORT,
  SHOW_OUTPUT,
  RESTART_SERVER,
] as const;

/** `Canton 3.5 enterprise`, and the launch set where it is more than the file itself. */
export function statusText({ cantonVersion, edition, launchSet }: StatusResult, uri: vscode.Uri): string {
  const isFileAlone = launchSet === uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return `Canton ${cantonVersion} ${edition}${isFileAlone ? '' : ` · ${launchSet}`}`;
}

/** Markdown on what the document is checked as, and what can be done about it. */
export function statusTooltip(status: StatusResult, checked: Date | undefined): string {
  const { cantonVersion, edition, versionSource, launchSet, launchSetId, launchSets, problems } = status;
  const others = launchSets.filter(({ id }) => id !== launchSetId).map(({ name }) => plain(name));
  const set = `Launch set: ${plain(launchSet)}${others.length > 0 ? `; the file is also in ${others.join(', ')}` : ''}`;
  const time = checked === undefined ? '' : `, checked at ${checked.toLocaleTimeString()}`;
  return [
    `**Checked as Canton ${cantonVersion}, ${edition} edition**`,
    `Chosen by: ${SOURCES[versionSource]}`,
    others.length > 0 ? `${set} (${link('choose', CHOOSE_LAUNCH_SET)})` : set,
    `Problems: ${problems.errors} errors, ${problems.warnings} warnings${time}`,
    [link('Effective configuration', SHOW_EFFECTIVE), link('Report', SHOW_REPORT), link('Output', SHOW_OUTPUT)].join(
      ' · ',
    ),
    'Click to choose another version.',
  ].join('\n\n');
}

export function stoppedTooltip(): string {
  const links = [link('Restart', RESTART_SERVER), link('Output', SHOW_OUTPUT), link('Report', SHOW_REPORT)];
  return `The Canton KMS language server is not running.\n\n${links.join(' · ')}`;
}

/** Names of files and launch sets are text, not Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&');
}
