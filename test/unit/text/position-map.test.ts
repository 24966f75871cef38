import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type MappedText, MappedTextBuilder } from '../../../server/src/text/mapped-text';

interface Piece {
  readonly kind: 'exact' | 'encoded' | 'synthetic' | 'gap';
  readonly text: string;
  readonly hostText: string;
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀'), minLength: 1, maxLength: 5 });
const piece: fc.Arbitrary<Piece> = fc.oneof(
  letters.map((text) => ({ kind: 'exact' as const, text, hostText: text })),
  letters.map((text) => ({ kind: 'encoded' as const, text, hostText: `\\${text}` })),
  fc
    .tuple(letters, fc.constantFrom('', 'key'))
    .map(([text, hostText]) => ({ kind: 'synthetic' as const, text, hostText })),
  letters.map((hostText) => ({ kind: 'gap' as const, text: '', hostText })),
);

function build(pieces: readonly Piece[]): MappedText & { host: string } {
  const host = pieces.map((p) => p.hostText).join('');
  const builder = new MappedTextBuilder(host);
  let at = 0;
  for (const { kind, text, hostText } of pieces) {
    const end = at + hostText.length;
    if (kind === 'exact') builder.exact(at, end);
    else if (kind === 'encoded') builder.encoded(text, at, end);
    else if (kind === 'synthetic') builder.synthetic(text, at, end);
    at = end;
  }
  return { ...builder.build({ start: 0, end: at }), host };
}

describe('a position map', () => {
  it('gives the equal character for every exact one, in both directions', () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { text, map, host } = build(pieces);
        assert.equal(text, pieces.map((p) => p.text).join(''));
        for (const segment of map.slice({ start: 0, end: text.length })) {
          if (segment.kind !== 'exact') continue;
          for (let i = segment.start; i < segment.start + segment.length; i++) {
            assert.equal(host[map.toHost(i)], text[i]);
            assert.deepEqual(map.toHostRange({ start: i, end: i + 1 }), {
              start: map.toHost(i),
              end: map.toHost(i) + 1,
            });
          }
        }
      }),
    );
  });

  it('keeps the order, stays inside the host, and brings a range back to one that covers it', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.nat(), fc.nat(), (pieces, a, b) => {
        const { text, map, host } = build(pieces);
        for (let i = 1; i <= text.length; i++) assert.ok(map.toHost(i) >= map.toHost(i - 1));
        for (let i = 1; i <= host.length; i++) {
          assert.ok((map.toRegion(i) as number) >= (map.toRegion(i - 1) as number), `host ${i}`);
        }
        const start = a % (text.length + 1);
        const range = { start, end: start + (b % (text.length - start + 1)) };
        const there = map.toHostRange(range);
        assert.ok(0 <= there.start && there.start <= there.end && there.end <= host.length);
        const back = map.toRegionRange(there);
        assert.ok(back !== undefined);
        if (map.slice(range).every((s) => s.hostLength > 0) && range.end > range.start) {
          assert.ok(back.start <= range.start && back.end >= range.end, JSON.stringify({ range, there, back }));
        }
      }),
    );
  });

  it('maps a gap to the character behind it, and what is inside an escape to all of it', () => {
    const host = '  a\\n  b';
    const builder = new MappedTextBuilder(host);
    builder.exact(2, 3);
    builder.encoded('\n', 3, 5);
    builder.exact(7, 8);
    const { text, map } = builder.build({ start: 0, end: 8 });
    assert.equal(text, 'a\nb');
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => map.toRegion(at)),
      [0, 0, 0, 1, 1, 2, 2, 2, 3],
    );
    assert.equal(map.toRegion(9), undefined);
    assert.deepEqual(
      [0, 1, 2, 3].map((at) => map.toHost(at)),
      [2, 3, 7, 8],
    );
    assert.deepEqual(map.toHostRange({ start: 0, end: 2 }), { start: 2, end: 5 });
    assert.deepEqual(map.toRegionRange({ start: 2, end: 4 }), { start: 0, end: 2 });
  });

  it('lets nobody edit what is not written, nor half an escape', () => {
    const builder = new MappedTextBuilder('a\\U0001F600b');
    builder.exact(0, 1);
    builder.encoded('😀', 1, 11);
    builder.exact(11, 12);
    builder.synthetic('}', 12, 12);
    const { map } = builder.build({ start: 0, end: 12 });
    assert.equal(map.isEditable({ start: 0, end: 4 }), true);
    assert.equal(map.isEditable({ start: 1, end: 2 }), false);
    assert.equal(map.isEditable({ start: 2, end: 2 }), false);
    assert.equal(map.isEditable({ start: 3, end: 5 }), false);
    assert.equal(map.isEditable({ start: 4, end: 4 }), true);
  });

  it('of an empty text has one place', () => {
    const { map } = new MappedTextBuilder('x: |\n').build({ start: 5, end: 5 });
    assert.equal(map.toHost(0), 5);
    assert.equal(map.toRegion(5), 0);
    assert.equal(map.toRegion(4), undefined);
    assert.deepEqual(map.toHostRange({ start: 0, end: 0 }), { start: 5, end: 5 });
    assert.deepEqual(map.toHostRange({ start: 0, end: 1 }), { start: 5, end: 5 });
    assert.equal(map.isEditable({ start: 0, end: 0 }), true);
  });
});
