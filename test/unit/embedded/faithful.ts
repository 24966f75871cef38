import assert from 'node:assert/strict';
import type { MappedText } from '../../../server/src/text/mapped-text';

/** Every character that is not synthetic or encoded is the host's own, and every offset comes back to its place. */
export function assertFaithful(host: string, { text, map }: MappedText): void {
  const segments = map.slice({ start: 0, end: text.length });
  assert.equal(
    segments.reduce((sum, segment) => sum + segment.length, 0),
    text.length,
  );
  let hostEnd = map.host.start;
  for (const segment of segments) {
    assert.ok(segment.hostStart >= hostEnd, 'segments lie in the host in order');
    hostEnd = segment.hostStart + segment.hostLength;
    assert.ok(hostEnd <= map.host.end, 'segments lie inside the region');
    const written = host.slice(segment.hostStart, hostEnd);
    const own = text.slice(segment.start, segment.start + segment.length);
    if (segment.kind === 'exact') assert.equal(own, written);
    if (own === '\n' && segment.kind !== 'synthetic') assert.match(written, /[\r\n]|\\(n|x0a|u000a)/i);
    if (segment.hostLength > 0 && segment.kind !== 'synthetic') {
      const step = segment.kind === 'exact' ? 1 : segment.length;
      for (let i = segment.start; i < segment.start + segment.length; i += step) {
        // Text without a place of its own may be between: a cursor there is before it.
        const back = map.toRegion(map.toHost(i)) ?? Number.NaN;
        assert.ok(back <= i && map.slice({ start: back, end: i }).every((other) => other.hostLength === 0));
      }
    }
  }
}
