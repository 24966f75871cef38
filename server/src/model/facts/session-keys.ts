import { type CantonVersion, compareVersions } from '../../../../schemas/version';
import { type Bound, boundAt } from '../binding/bound';
import type { NodeView } from './view';

/** Where a version keeps the session signing keys of a node, below the node. */
export function sessionKeysPath(version: CantonVersion): readonly string[] {
  if (compareVersions(version, '3.5') >= 0) return ['crypto', 'session-signing-keys'];
  if (version === '3.4') return ['crypto', 'kms', 'session-signing-keys'];
  return ['parameters', 'session-signing-keys'];
}

/** The section as read (after the move of 3.5); undefined where it cannot be known or the version has none. */
export function sessionKeys({ bound }: NodeView, version: CantonVersion): Bound | undefined {
  return version === '2.10' ? undefined : boundAt(bound, ...sessionKeysPath(version));
}
