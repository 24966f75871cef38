import { type Bound, booleanAt, textAt, UNKNOWN, type Unknown } from '../binding/bound';
import type { CantonNode } from './nodes';

/** Whether nodes run in several processes on one database, of which one at a time is active. */

/** `replication` is on with Postgres by default (`ReplicationConfig.withDefault`, all 3.x). */
export function isReplicated({ bound }: CantonNode): boolean | Unknown {
  return isEnabled(bound, 'replication');
}

/** A sequencer on a database that shares it with others; likewise. */
export function isHighlyAvailable({ bound }: CantonNode): boolean | Unknown {
  const type = textAt(bound, 'sequencer', 'type');
  if (type === UNKNOWN) return UNKNOWN;
  return type === 'database' ? isEnabled(bound, 'sequencer', 'high-availability') : false;
}

function isEnabled(bound: Bound, ...section: readonly string[]): boolean | Unknown {
  return booleanAt(bound, ...section, 'enabled') ?? onPostgres(bound);
}

/** True if the storage is Postgres, which has the locks for it. */
export function onPostgres(bound: Bound): boolean | Unknown {
  const type = textAt(bound, 'storage', 'type');
  return type === UNKNOWN ? UNKNOWN : type === 'postgres';
}
