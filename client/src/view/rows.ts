import * as vscode from 'vscode';
import type { ListedNode } from '../../../server/src/lsp/protocol';
import { modeOf } from '../commands/questions';
import type { LaunchSet, NodeRow } from './nodes';

export type Row = LaunchSet | NodeRow;

const ICONS: Record<ListedNode['mode'], string> = { none: 'circle-large-outline', envelope: 'mail', external: 'key' };

export function isLaunchSet(row: Row): row is LaunchSet {
  return 'nodes' in row;
}

/** What is seen of a row, and what a screen reader says of it: icons and colours never say anything alone. */
export function toTreeItem(row: Row): vscode.TreeItem {
  return isLaunchSet(row) ? launchSetItem(row) : nodeItem(row);
}

function launchSetItem(row: LaunchSet): vscode.TreeItem {
  const { name, checkedAs } = row;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  const parts = [checkedAs, ...problemsOf(row)];
  item.description = parts.join(' · ');
  item.tooltip = [`Launch set ${name}`, `checked as ${checkedAs}`, ...problemsOf(row)].join(', ');
  item.iconPath = new vscode.ThemeIcon('rocket');
  item.contextValue = 'launchSet';
  item.accessibilityInformation = { label: item.tooltip };
  return item;
}

function nodeItem({ node }: NodeRow): vscode.TreeItem {
  const parts = [modeOf(node), node.place, node.wrapperKey, ...problemsOf(node)].filter((part) => part !== undefined);
  const item = new vscode.TreeItem(node.name);
  item.description = parts.join(' · ');
  item.tooltip = tooltip(node);
  item.iconPath = new vscode.ThemeIcon(ICONS[node.mode], colorOf(node));
  item.contextValue = `node.${node.mode}`;
  item.accessibilityInformation = { label: `${node.id}, ${parts.join(', ')}` };
  return item;
}

/** One line for each thing, in words. */
function tooltip(node: ListedNode): string {
  const { id, mode, place, wrapperKey, uri } = node;
  const lines = [
    `${id}: ${modeOf(node)}`,
    place === undefined ? undefined : `KMS: ${place}`,
    mode === 'envelope' ? `Wrapper key: ${wrapperKey ?? 'not named; Canton knows it'}` : undefined,
    ...problemsOf(node),
    vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function problemsOf({ problems: { errors, warnings } }: Pick<ListedNode, 'problems'>): string[] {
  return [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '');
}

function count(number: number, what: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

function colorOf({ problems: { errors, warnings } }: ListedNode): vscode.ThemeColor | undefined {
  if (errors > 0) return new vscode.ThemeColor('list.errorForeground');
  return warnings > 0 ? new vscode.ThemeColor('list.warningForeground') : undefined;
}
