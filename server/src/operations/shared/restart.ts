import type { Facts } from '../facts';
import type { Step } from '../plan';
import { step } from '../steps';

/** Replicas must not meet rows that their configuration does not fit (`EncryptedCryptoPrivateStore.scala` 3.5). */
const REPLICAS =
  'A replicated node: stop all replicas and change the configuration of all, then start one, wait until it is active and verified, and start the others.';

export function restart({ target, kind }: Facts, then: string): Step {
  return step(
    'restart',
    `Restart the ${kind}`,
    `Stop ${target.name} and start it with the new configuration. ${then}\n\n${REPLICAS}`,
  );
}

export function firstStart({ target, kind }: Facts, then: string): Step {
  return step('restart', `Start the ${kind}`, `Start ${target.name} for the first time. ${then}`);
}
