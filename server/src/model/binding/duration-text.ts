const SECOND = 1_000_000_000n;

/** A duration as Canton's validation messages print it: `5m`, `1m 30s`, `0.5s`, `48h` (`PrettyInstances.scala` main). */
export function durationText(nanos: bigint): string {
  const hours = nanos / (3600n * SECOND);
  const minutes = (nanos / (60n * SECOND)) % 60n;
  const seconds = (nanos / SECOND) % 60n;
  const fraction = (nanos % SECOND).toString().padStart(9, '0').replace(/0+$/, '');
  const parts = [];
  if (hours !== 0n) parts.push(`${hours}h`);
  if (minutes !== 0n) parts.push(`${minutes}m`);
  if (seconds !== 0n || fraction !== '' || parts.length === 0) parts.push(`${seconds}${fraction && `.${fraction}`}s`);
  return parts.join(' ');
}
