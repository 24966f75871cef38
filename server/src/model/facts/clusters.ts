import { type Bound, booleanAt, textAt, UNKNOWN, type Unknown } from '../binding/bound';
import type { CantonNode } from './nodes';

/** Whether nodes run in several processes on one database, only one of which is active at a time. */

/** `replication` is on with Postgres by default (`ReplicationConfig.withDefault`, all 3.x). */
export function isReplicated({ bound }: CantonNode): boolean | Unknown {
  return isEnabled(bound, 'replication');
}

/** A sequencer that shares its database with others; the default is the same. */
export function isHighlyAvailable({ bound }: CantonNode): boolean | Unknown {
  const type = textAt(bound, 'sequencer', 'type');
  if (type === UNKNOWN) return UNKNOWN;
  return type === 'database' ? isEnabled(bound, 'sequencer', 'high-availability') : false;
}

function isEnabled(bound: Bound, ...section: readonly string[]): boolean | Unknown {
  return booleanAt(bound, ...section, 'enabled') ?? onPostgres(bound);
}

/** True if the storage is Postgres, which provides the required locks. */
export function onPostgres(bound: Bound): boolean | Unknown {
  const type = textAt(bound, 'storage', 'type');
  return type === UNKNOWN ? UNKNOWN : type === 'postgres';
}
