import type { CST } from 'yaml';
import type { MappedText } from '../text/mapped-text';
import { doubleQuoted, type Notation, oneLine, plain, prefixedLines, singleQuoted } from './notation';
import { readBlockScalar } from './yaml-block-scalar';
import { readDoubleQuoted, readPlainScalar, readSingleQuoted } from './yaml-flow-scalar';

/** A YAML file: as written, and with blanks or letters in place of its template expressions, at the same offsets. */
export interface YamlSource {
  readonly original: string;
  readonly masked: string;
}

export type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/** A scalar's value and how to write into it. */
export interface Scalar extends MappedText {
  readonly notation: Notation;
}

export function isScalarToken(token: CST.Token | null | undefined): token is ScalarToken {
  return token?.type === 'block-scalar' || isFlowScalarToken(token);
}

function isFlowScalarToken(token: CST.Token | null | undefined): token is CST.FlowScalar {
  const type = token?.type;
  return type === 'scalar' || type === 'single-quoted-scalar' || type === 'double-quoted-scalar';
}

/** The value of a scalar, read by ourselves: the library gives values, but no positions inside of them. */
export function readScalar({ original, masked }: YamlSource, token: ScalarToken): Scalar {
  if (token.type === 'block-scalar') return readBlock(original, masked, token);
  const range = { start: token.offset, end: token.offset + token.source.length };
  if (token.type === 'single-quoted-scalar') return { ...readSingleQuoted(masked, range), notation: singleQuoted };
  if (token.type === 'double-quoted-scalar') return { ...readDoubleQuoted(masked, range), notation: doubleQuoted };
  return { ...readPlainScalar(masked, range), notation: plain(original, range) };
}

function readBlock(original: string, masked: string, token: CST.BlockScalar): Scalar {
  let start = token.offset;
  for (const prop of token.props) if ('source' in prop) start += prop.source.length;
  const header = token.props[0];
  const indicators = header !== undefined && 'source' in header ? header.source : '|';
  const digit = /[1-9]/.exec(indicators)?.[0];
  const literal = !indicators.startsWith('>');
  const value = readBlockScalar(masked, original, {
    style: literal ? 'literal' : 'folded',
    range: { start, end: start + token.source.length },
    explicitIndent: digit === undefined ? undefined : token.indent + Number(digit),
    minimumIndent: token.indent + 1,
  });
  const prefix = ' '.repeat(value.indent);
  return { ...value, notation: literal ? prefixedLines(original, value.map.host, prefix) : oneLine(original) };
}
