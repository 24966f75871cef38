import { lineEnd, lineIndent } from '../text/lines';
import type { HostEdit } from './notation';
import { type Collection, extentOf, itemsOf } from './yaml-walk';

/** The edit that adds a variable to a container; undefined if the place does not show a notation. */
export type AddVariable = (name: string, text: string) => HostEdit | undefined;

/** After the variables of a list or a map, in the same notation: `- name:`, `- NAME=`, or `NAME:`. */
export function variableBehind(host: string, variables: Collection): AddVariable | undefined {
  if (variables.type === 'flow-collection')
    return itemsOf(variables).length === 0 ? inEmptyList(host, variables) : undefined;
  const first = itemsOf(variables)[0];
  const at = lineEnd(host, trimmedEnd(host, extentOf(variables).end));
  const start = first?.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? first?.key?.offset;
  if (start === undefined) return undefined;
  const indent = ' '.repeat(start - (host.lastIndexOf('\n', start - 1) + 1));
  const isMap = variables.type === 'block-map';
  const isKubernetes = first?.value?.type === 'block-map';
  return (name, text) => {
    const block = (inner: string) => text.replace(/^(?=.)/gm, inner);
    const item = isMap
      ? `${indent}${name}: |\n${block(`${indent}  `)}`
      : isKubernetes
        ? kubernetesItem(indent, name, text)
        : `${indent}- |\n${indent}  ${name}=\n${block(`${indent}    `)}`;
    return insertedAt(host, at, item);
  };
}

/** Adds a new list of the chart's variables beside its `kms:` map. */
export function variableBeside(host: string, key: { readonly offset: number }, map: Collection): AddVariable {
  const indent = lineIndent(host, key.offset);
  const at = lineEnd(host, trimmedEnd(host, extentOf(map).end));
  return (name, text) =>
    insertedAt(host, at, `${indent}additionalEnvVars:\n${kubernetesItem(`${indent}  `, name, text)}`);
}

/** `additionalEnvVars: []` */
function inEmptyList(host: string, list: Collection): AddVariable {
  const range = extentOf(list);
  const indent = `${lineIndent(host, range.start)}  `;
  return (name, text) => {
    const { newText } = insertedAt(host, range.start, kubernetesItem(indent, name, text));
    return { range, newText };
  };
}

function kubernetesItem(indent: string, name: string, text: string): string {
  return `${indent}- name: ${name}\n${indent}  value: |\n${text.replace(/^(?=.)/gm, `${indent}    `)}`;
}

function insertedAt(host: string, at: number, lines: string): HostEdit {
  const written = `\n${lines.replace(/\n$/, '')}`;
  return { range: { start: at, end: at }, newText: host.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written };
}

/** The range of a block includes the blank lines below it. */
function trimmedEnd(host: string, end: number): number {
  let last = end;
  while (last > 0 && /\s/.test(host[last - 1] as string)) last--;
  return last;
}
