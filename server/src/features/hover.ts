import type { Hover } from 'vscode-languageserver';
import type { Field } from '../../../schemas/model';
import type { PathElement } from '../hocon/syntax';
import type { ConfigEntry, ConfigValue, Definition } from '../hocon/value';
import { entryAt } from './config-index';
import { type DocumentView, fieldOf } from './document-view';
import { textOf } from './effective';
import { fieldDocumentation, valueDocumentation } from './field-documentation';
import { contains, rangeOf } from './positions';
import { secretsIn } from './secrets';
import { nodeAt } from './syntax-walk';

/** What the key or value at the offset means, what is in effect there, and which definitions lost. */
export function hover(view: DocumentView, offset: number): Hover | undefined {
  const target = targetAt(view, offset);
  if (target === undefined) return undefined;
  const { path, node, onValue } = target;
  const field = fieldOf(view, path);
  const entry = entryAt(view.config, path);
  const parts = [
    `**${path.join('.')}**`,
    ...(field === undefined ? [] : documentation(field, onValue ? entry?.value : undefined)),
    ...(entry === undefined ? [] : provenance(view, entry, secretsIn(view.config, view.version, view.edition)(path))),
  ].filter((part) => part !== '');
  if (parts.length === 1) return undefined;
  return { contents: { kind: 'markdown', value: parts.join('\n\n') }, range: rangeOf(view.lines, node) };
}

interface Target {
  readonly path: readonly string[];
  readonly node: { readonly start: number; readonly end: number };
  readonly onValue: boolean;
}

function targetAt({ tree, index }: DocumentView, offset: number): Target | undefined {
  const node = nodeAt(tree, offset);
  if (node.kind === 'path') {
    const at = node.elements.findIndex((element) => contains(element, offset));
    if (at < 0) return undefined;
    const element = node.elements[at] as PathElement;
    const names = node.elements.slice(0, at + 1).map(({ name }) => name);
    if (node.parent?.kind === 'substitution') return { path: names, node: element, onValue: true };
    const known = index.at(tree.uri, element.start)?.path;
    const outer = node.parent?.parent && index.pathOf(tree, node.parent.parent);
    const path = known ?? (outer && [...outer, ...names]);
    return path && { path, node: element, onValue: false };
  }
  if (node.kind !== 'scalar') return undefined;
  const path = index.pathOf(tree, node);
  return path && { path, node, onValue: true };
}

/** On an enumerated value its own meaning comes first. */
function documentation(field: Field, value: ConfigValue | undefined): string[] {
  const known =
    field.model.kind === 'enum' && value?.kind === 'string' ? field.model.values.get(value.value) : undefined;
  return [...(known === undefined ? [] : [valueDocumentation(known)]), fieldDocumentation(field)];
}

/** The value in effect, and the places that wrote the key, the winner first. */
function provenance(view: DocumentView, { value, definitions }: ConfigEntry, secret: boolean): string[] {
  if (value.kind === 'object') return [];
  const shown = secret ? '(secret)' : render(value);
  const [winner, ...losers] = [...definitions].reverse();
  const lines = [`Effective value: ${shown}`];
  if (winner !== undefined && (losers.length > 0 || winner.uri !== view.tree.uri)) {
    lines.push(`Set in ${place(view, winner)}`);
  }
  for (const loser of losers) lines.push(`Overridden: ${written(view, loser, secret)} in ${place(view, loser)}`);
  return [lines.map((line) => `- ${line}`).join('\n')];
}

function render(value: ConfigValue): string {
  return value.kind === 'unknown' ? unknown(value.reason) : code(textOf(value));
}

function unknown({ cause, subject }: { readonly cause: string; readonly subject: string }): string {
  switch (cause) {
    case 'environment':
      return `not known here: it comes from the environment variable ${code(subject)}`;
    case 'include':
    case 'url':
      return `not known here: it comes from ${code(subject)}, which could not be read`;
    default:
      return 'not known because of a problem in the file';
  }
}

const MAX_SHOWN = 200;

function written(view: DocumentView, { uri, value }: Definition, secret: boolean): string {
  if (secret) return '(secret)';
  const text = view.file(uri)?.text.slice(value.start, Math.min(value.end, value.start + MAX_SHOWN)) ?? '';
  return code(text.replace(/\s+/g, ' '));
}

function place(view: DocumentView, { uri, key }: Definition): string {
  const line = view.file(uri)?.lines.positionAt(key.start).line;
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return line === undefined ? name : `[${name}:${line + 1}](${uri}#L${line + 1})`;
}

/** A code span that no backquote in the text can end. */
function code(text: string): string {
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  const longest = Math.max(0, ...(cut.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${cut} ${fence}` : `${fence}${cut}${fence}`;
}
