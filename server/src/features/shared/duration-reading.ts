import { parseScalaDuration } from '../../../../schemas/scala-duration';

const UNITS: readonly (readonly [nanos: bigint, name: string])[] = [
  [86_400_000_000_000n, 'day'],
  [3_600_000_000_000n, 'hour'],
  [60_000_000_000n, 'minute'],
  [1_000_000_000n, 'second'],
  [1_000_000n, 'millisecond'],
  [1_000n, 'microsecond'],
  [1n, 'nanosecond'],
];

/** A duration in words: `90s` is `1 minute 30 seconds`; undefined for what Canton does not read as one. */
export function durationReading(text: string): string | undefined {
  const result = parseScalaDuration(text);
  if (!result.ok) return undefined;
  if (result.duration.kind === 'infinite') return result.duration.text === 'Duration.Inf' ? 'without end' : undefined;
  let rest = result.duration.nanos < 0n ? -result.duration.nanos : result.duration.nanos;
  const parts: string[] = [];
  for (const [nanos, name] of UNITS) {
    const count = rest / nanos;
    rest %= nanos;
    if (count > 0n) parts.push(`${count} ${name}${count === 1n ? '' : 's'}`);
  }
  if (parts.length === 0) return 'no time at all';
  return `${result.duration.nanos < 0n ? 'minus ' : ''}${parts.join(' ')}`;
}
