import { MappedTextBuilder } from '../text/mapped-text';
import { composeVariables } from './expressions';
import { maySetCanton } from './mentions';
import type { Notation } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { withUnknowns } from './unknowns';

/**
 * `NAME=VALUE` of an env file, in double quotes, also on several lines.
 * `docs.docker.com/compose/how-tos/environment-variables/`, 2026.
 */
const LINE =
  /^[ \t]*(?:export[ \t]+)?(ADDITIONAL_CONFIG\w*)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|(.*?))[ \t]*(?:[ \t]#.*)?\r?$/gm;
const ESCAPE = /\\(["nrt\\])|\r\n/g;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The variables `ADDITIONAL_CONFIG*` of an env file. They are launched together, because a container gets all variables
 * of a file.
 */
export function findEnvFileRegions(text: string): EmbeddedRegion[] {
  if (!maySetCanton(text)) return [];
  return [...text.matchAll(LINE)].flatMap((match) => {
    const [whole, name = '', double, single, bare = ''] = match;
    const value = double ?? single ?? bare;
    const start = match.index + whole.indexOf(value, whole.indexOf('=') + 1);
    const builder = new MappedTextBuilder(text);
    let at = start;
    for (const { 0: sequence, 1: escaped, index } of value.matchAll(ESCAPE)) {
      if (escaped !== undefined && double === undefined) continue;
      builder.exact(at, start + index);
      at = start + index + sequence.length;
      builder.encoded(ESCAPED[escaped ?? 'n'] ?? sequence.slice(1), at - sequence.length, at);
    }
    builder.exact(at, start + value.length);
    const written = builder.build({ start, end: start + value.length });
    const { mapped, variables } =
      single === undefined ? composeVariables(written, text) : { mapped: written, variables: [] };
    const notation =
      double !== undefined ? insideDoubleQuotes : single !== undefined ? insideSingleQuotes : withoutQuotes;
    const head = { kind: 'env-variable', label: name, group: 0 } as const;
    return [createRegion(head, withUnknowns(mapped, variables, text), notation)];
  });
}

const insideDoubleQuotes: Notation = ({ range, newText }) => ({
  range,
  newText: newText.replace(/["\\]/g, '\\$&').replaceAll('$', '$$$$'),
});

const insideSingleQuotes: Notation = (edit) => (edit.newText.includes("'") ? undefined : edit);

const withoutQuotes: Notation = (edit) => (/[\n\r"'#$]/.test(edit.newText) ? undefined : edit);
