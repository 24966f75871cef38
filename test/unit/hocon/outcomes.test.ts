import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, mergeUnresolved } from '../../../server/src/hocon/evaluation/evaluate';
import { loadSources } from '../../../server/src/hocon/evaluation/load';
import { format } from '../../../server/src/hocon/format/format';
import type { Problem } from '../../../server/src/hocon/problem';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { childrenOf, type SyntaxNode } from '../../../server/src/hocon/syntax/syntax';
import { tokensOf } from '../../../server/src/hocon/syntax/token';
import type { ConfigEntry, ConfigValue, Unknown } from '../../../server/src/hocon/values/config-value';
import type { Location, TextRange } from '../../../server/src/text/location';
import { applyEdits } from '../../kit/apply-edits';
import { assertRecorded } from '../../kit/recorded';
import { GRAMMAR_CASES } from './grammar-cases';
import { FOLDER } from './launch';
import { OUTCOME_CASES, type OutcomeCase } from './outcome-cases';

/** Launches that between them take every way through the grammar and the evaluation, one as JSON on each line. */
const TEXTS = readFileSync(join(__dirname, 'recorded/outcome-texts.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): OutcomeCase => JSON.parse(line))
  .concat(GRAMMAR_CASES);
const STYLES = [
  { indentSize: 2, insertSpaces: true, newline: '\n' },
  { indentSize: 4, insertSpaces: false, newline: '\r\n' },
] as const;

const span = ({ start, end }: TextRange) => `${start}-${end}`;
const file = (uri: string) => uri.replace(FOLDER, '').replace(/^a\.conf$/, '');
const place = ({ uri, range }: Location) => `${file(uri)}${span(range)}`;
const quoted = (text: string) => JSON.stringify(text);

function problem({ code, severity, message, uri, range, line, related = [] }: Problem): string {
  const others = related.map(({ location, message }) => `; ${place(location)} ${message}`).join('');
  const named = line === undefined ? '' : ` line ${line}`;
  return `${severity} ${code} ${place({ uri, range })}${named} ${quoted(message)}${others}`;
}

/** What an outline, folding, renaming and highlighting are made from. */
function shape(node: SyntaxNode): string {
  const inner = childrenOf(node).map(shape).join(' ');
  const own = `${node.kind} ${span(node)}`;
  switch (node.kind) {
    case 'object':
      return `{${span(node)}${node.openBrace ? ` opens ${span(node.openBrace)}` : ''}${node.closeBrace ? ` closes ${span(node.closeBrace)}` : ''}: ${inner}}`;
    case 'array':
      return `[${span(node)}${node.closeBracket ? ` closes ${span(node.closeBracket)}` : ''}: ${inner}]`;
    case 'field':
      return `${own} ${node.separator ?? 'nothing'}${node.separatorRange ? span(node.separatorRange) : ''} (${inner})`;
    case 'path':
      return node.elements.map((each) => `${quoted(each.name)}${each.quoted ? ' quoted' : ''} ${span(each)}`).join('.');
    case 'scalar':
      return `${node.style} ${node.type} ${span(node)} ${quoted(node.value)}`;
    case 'substitution':
      return `${own}${node.optional ? ' optional' : ''} ${inner}`;
    case 'include':
      return `${own} ${node.required ? 'required ' : ''}${node.method} ${quoted(node.target)}${node.targetRange ? ` ${span(node.targetRange)}` : ''}`;
    default:
      return `${own} (${inner})`;
  }
}

function reason({ cause, subject, location, mayBeKey }: Unknown): string {
  return `${cause} ${subject} ${place(location)}${mayBeKey ? ' or a key' : ''}`;
}

function entry([key, { value, definitions }]: [string, ConfigEntry]): string {
  const places = definitions.map((each) => `${file(each.uri)}${span(each.key)}=${span(each.value)}`).join(' ');
  return `${quoted(key)} <${places}> ${written(value)}`;
}

function written(value: ConfigValue): string {
  const at = place(value.origin);
  switch (value.kind) {
    case 'object': {
      const unknowns = value.unknowns.map((each) => `, or ${reason(each)}`).join('');
      return `{${at}${unknowns}: ${[...value.entries].map(entry).join(', ')}}`;
    }
    case 'list':
      return `[${at}: ${value.elements.map(written).join(', ')}]`;
    case 'unknown':
      return `unknown ${at} ${reason(value.reason)}`;
    case 'number':
      return `${at} ${value.value} ${quoted(value.text)}`;
    case 'null':
      return `${at} null`;
    default:
      return `${at} ${quoted(String(value.value))} ${value.kind}`;
  }
}

/** Everything of the grammar: problems, tree, tokens, and the text after it was formatted in two styles, and in part. */
function grammarOf(name: string, text: string): string {
  const tree = parse(FOLDER + name, text);
  const kinds = [...tokensOf(tree)].map(({ kind, start }) => `${kind[0]}${start}`).join(' ');
  const formatted = STYLES.map((style) => applyEdits(text, format(tree, style)));
  const third = Math.floor(text.length / 3);
  const part = applyEdits(text, format(tree, STYLES[0], [{ start: third, end: 2 * third }]));
  const texts = [...formatted, part].map((each) => (each === text ? 'same' : quoted(each))).join(' ');
  return `${tree.problems.map(problem).join(' | ') || 'fine'} || ${shape(tree.root)} || ${kinds} || ${texts}`;
}

async function valuesOf({ files, roots, refused = [], variables, options }: OutcomeCase): Promise<string> {
  const uris = (roots ?? Object.keys(files).slice(0, 1)).map((name) => ({ uri: FOLDER + name }));
  const isRefused = (uri: string) => refused.some((name) => uri === FOLDER + name);
  const access = {
    read: async (uri: string) => (isRefused(uri) ? undefined : files[uri.replace(FOLDER, '')]),
    refusal: async (uri: string) => (isRefused(uri) ? 'is outside the workspace' : undefined),
  };
  const sources = await loadSources(uris, access, options);
  const environment = { variables: new Map(Object.entries(variables ?? {})), closed: variables !== undefined };
  const { root, problems, dependencies } = evaluate(uris, sources, environment, options);
  const on = dependencies.map(({ location, value }) => `${place(location)}${value ? `=${place(value.origin)}` : ''}`);
  const merged = JSON.stringify(mergeUnresolved(uris, sources, options).json);
  const read = [...sources.lookedFor].map(file).join(' ');
  return `${problems.map(problem).join(' | ') || 'fine'} || ${written(root)} || ${on.join(' ')} || ${read} || ${merged}`;
}

describe('the outcome of a text', () => {
  it('of the grammar: its problems, its tree, its tokens, and how it is formatted', () => {
    const lines = TEXTS.flatMap(({ files }) =>
      Object.entries(files).map(([name, text]) => `${name} ${quoted(text)}: ${grammarOf(name, text)}`),
    );
    assertRecorded(join(__dirname, 'recorded/outcomes-of-grammar.txt'), lines);
  });

  it('of the evaluation: its problems, and its values with the places that they come from', async () => {
    const lines: string[] = [];
    for (const each of [...TEXTS, ...OUTCOME_CASES]) lines.push(`${JSON.stringify(each)}: ${await valuesOf(each)}`);
    assertRecorded(join(__dirname, 'recorded/outcomes-of-evaluation.txt'), lines);
  });
});
