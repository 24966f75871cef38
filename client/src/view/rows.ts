import * as vscode from 'vscode';
import type { NodeSummary } from '../../../server/src/lsp/protocol';
import { modeOf } from '../commands/questions';
import type { LaunchSet, ListedNode } from './nodes';

export type Row = LaunchSet | ListedNode;

const ICONS: Record<NodeSummary['mode'], string> = { none: 'circle-large-outline', envelope: 'mail', external: 'key' };

export function isLaunchSet(row: Row): row is LaunchSet {
  return 'nodes' in row;
}

/** What is seen of a row, and what a screen reader says of it: icons and colours never say anything alone. */
export function toTreeItem(row: Row): vscode.TreeItem {
  return isLaunchSet(row) ? launchSetItem(row) : nodeItem(row);
}

function launchSetItem({ name, checkedAs }: LaunchSet): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.description = checkedAs;
  item.tooltip = `Launch set ${name}, checked as ${checkedAs}`;
  item.iconPath = new vscode.ThemeIcon('rocket');
  item.contextValue = 'launchSet';
  item.accessibilityInformation = { label: item.tooltip };
  return item;
}

function nodeItem(row: ListedNode): vscode.TreeItem {
  const { node } = row;
  const parts = [modeOf(node), ...problemsOf(row)];
  const item = new vscode.TreeItem(node.name);
  item.description = parts.join(' · ');
  item.tooltip = `${node.id}: ${parts.join(', ')}\n${vscode.workspace.asRelativePath(vscode.Uri.parse(node.uri))}`;
  item.iconPath = new vscode.ThemeIcon(ICONS[node.mode], colorOf(row));
  item.contextValue = `node.${node.mode}`;
  item.accessibilityInformation = { label: `${node.id}, ${parts.join(', ')}` };
  return item;
}

function problemsOf({ problems: { errors, warnings } }: ListedNode): string[] {
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
