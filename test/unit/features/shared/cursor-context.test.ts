import assert from 'node:assert/strict';
import { cursorContextAt } from '../../../../server/src/features/shared/cursor-context';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { pathOf } from '../../../../server/src/hocon/syntax/syntax';
import { fixture } from '../../../kit/fixture';

/** The place in words: what is written, the path that leads there, and the text that would be replaced. */
function describePlace(marked: string): string | undefined {
  const { main, cursor } = fixture(marked);
  const tree = parse(main.uri, main.text);
  const place = cursorContextAt(tree, cursor.offset);
  if (place === undefined) return undefined;
  const word = main.text.slice(place.start, place.end);
  if (place.kind === 'include') return `include ${place.method} "${word}"${place.closed ? ' closed' : ''}`;
  const node = place.kind === 'key' ? place.object : place.container;
  const outer = pathOf(node) ?? [];
  const path = [...outer, ...(place.kind === 'key' ? place.prefix : place.path)].join('.');
  if (place.kind === 'substitution') {
    return `substitution for ${path || '(root)'} ${[...place.names, word].join(' ')}${place.closed ? ' closed' : ''}`;
  }
  const more = place.kind === 'key' && place.hasValue ? ' with value' : '';
  return `${place.kind} ${path || '(root)'} "${word}"${more}`;
}

describe('the place of a cursor', () => {
  const cases: [text: string, expected: string | undefined][] = [
    ['‸', 'key (root) ""'],
    ['can‸', 'key (root) "can"'],
    ['canton {\n  ‸\n}', 'key canton ""'],
    ['canton {\n  a = 1\n  par‸\n}', 'key canton "par"'],
    ['canton {\n  par‸', 'key canton "par"'],
    ['canton.participants.‸', 'key canton.participants ""'],
    ['canton.participants.p1.cry‸', 'key canton.participants.p1 "cry"'],
    ['canton { participants.p1 { crypto.kms.‸\n } }', 'key canton.participants.p1.crypto.kms ""'],
    ['canton { a = 1, b { c‸ } }', 'key canton.b "c"'],
    ['canton { reg‸ion = x }', 'key canton "region" with value'],
    ['canton { reg‸ { } }', 'key canton "reg" with value'],
    ['canton { ty‸\n region = x }', 'key canton "ty"'],
    ['canton { type = ‸ }', 'value canton.type ""'],
    ['canton { type =‸ }', 'value canton.type ""'],
    ['canton { a.b : aw‸s }', 'value canton.a.b "aws"'],
    ['canton { type = "a‸" }', 'value canton.type "a"'],
    ['canton { "a b".type = ‸\n other = 1 }', 'value canton.a b.type ""'],
    ['canton { allowed += ‸ }', 'value canton.allowed ""'],
    ['canton { allowed = [ ed‸ ] }', 'value canton.allowed "ed"'],
    ['canton { allowed = [\n  a,\n  ‸\n] }', 'value canton.allowed ""'],
    ['canton { region = eu-central‸ }', 'value canton.region "eu-central"'],
    ['canton { period = 10 se‸ }', 'value canton.period "10 se"'],
    ['canton { url = db.exa‸mple }', 'value canton.url "db.example"'],
    ['canton { "reg‸" }', 'key canton ""reg""'],
    ['canton { "reg‸\n }', 'key canton ""reg"'],
    ['canton { "a b"."‸ }', 'key canton.a b "" }"'],
    // Substitutions, closed or not.
    ['canton { region = ${‸ }', 'substitution for canton.region '],
    ['canton { region = ${?sha‸} }', 'substitution for canton.region sha closed'],
    ['canton { region = ${_shared.re‸gion} }', 'substitution for canton.region _shared region closed'],
    ['canton { region = ${_shared."a.b".‸\n }', 'substitution for canton.region _shared a.b '],
    ['canton { region = "x"${a}${b‸', 'substitution for canton.region b'],
    ['canton { allowed = [ ${a.‸} ] }', 'substitution for canton.allowed a  closed'],
    ['kms = ${_kms} { ‸ }', 'key kms ""'],
    // Includes, finished or not.
    ['include "te‸xt"', 'include heuristic "text" closed'],
    ['include "‸', 'include heuristic ""'],
    ['canton { a = 1, include required("sub/‸', 'include heuristic "sub/"'],
    ['include required(file("te‸"))', 'include file "te" closed'],
    ['include url("te‸xt")', 'include url "text" closed'],
    // Nothing to offer.
    ['# include "te‸xt"', undefined],
    ['canton { region = ${a} ‸ }', undefined],
    ['canton { ${a‸ }', undefined],
    ['canton { # com‸ment\n }', undefined],
    ['canton { // com‸ment\n }', undefined],
    ['canton { type = aws ‸ }', undefined],
    ['canton { type ‸ }', undefined],
    ['canton { a = """te‸xt""" }', undefined],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.equal(describePlace(text), expected));
  }

  it('does not look at a whole minified line', () => {
    const long = `canton { ${'a = 1, '.repeat(100_000)}`;
    assert.equal(describePlace(`${long}ty‸ }`), 'key canton "ty"');
  });
});
