import { asText } from '../../model/binding/pureconfig';
import { ping } from '../console';
import { type Facts, is2x, writtenAt } from '../facts';
import type { Step } from '../plan';
import { condition, step } from '../steps';

/*
 * The waits around a change of announced keys.
 */

/**
 * Observed on 3.5: `rotate_node_key` of a participant that read a backlog stopped with "Condition never became true within
 * 1 minute", after it had added the new key. A ping is answered only when the messages before it are read. Other nodes
 * have no ping, and 2.x rotates without a wait.
 */
export function catchUp(facts: Facts): Step[] {
  const { kind, ref, target } = facts;
  if (kind !== 'participant' || is2x(facts)) return [];
  return [
    step(
      'console',
      `Wait until ${target.name} has caught up`,
      `Canton waits only one minute for each change of the keys. On a participant that is behind its synchronizer, this is too short: \`rotate_node_key\` gives up with both keys announced. A ping succeeds only after ${target.name} has read the messages before it, so it is repeated for up to ten minutes. It uses one synchronizer: if ${target.name} is connected to several, ping through each of them with \`synchronizerId = Some(…)\`.`,
      [
        {
          ...condition(`a ping of ${target.name} succeeds`, `scala.util.Try(${ping(ref)}).isSuccess`),
          until: `scala.util.Try(${ref}.health.ping(${ref}.id)).isSuccess`,
        },
      ],
    ),
  ];
}

/**
 * Observed on 3.5: if the key is removed immediately, a message in transit stops the participant permanently, although
 * all checks passed.
 */
export function waitForMessages({ target }: Facts, which: 'old' | 'new' = 'old'): Step {
  return step(
    'confirm',
    `Wait before you remove the ${which} encryption key`,
    `If a message that another participant encrypted for the ${which} key is sequenced after the key is removed, it disconnects ${target.name} permanently, and neither a restart nor a backup helps. Wait several minutes, longer than any command takes from its preparation to its sequencing, or stop the applications of all participants that share contracts with ${target.name}. The necessary time was not measured; 20 seconds were sufficient in one test.`,
  );
}

/**
 * A BFT sequencer signs the messages of an epoch with the keys that were announced when the epoch began, and cannot end
 * the epoch without them. Shown on 3.5: keys that were replaced just before they went away stopped the synchronizer
 * permanently. An epoch of a single sequencer has 10 blocks there (`segmentLength` of its parameters), and an idle orderer
 * creates one every 5 seconds.
 */
export function waitForOrderer(facts: Facts): Step[] {
  const { kind, ref } = facts;
  if (kind !== 'sequencer' || is2x(facts) || !isBft(facts)) return [];
  const epoch = `${ref}.bft.get_ordering_topology().currentEpoch`;
  return [
    step(
      'console',
      'Wait until the orderer uses the new keys',
      'A BFT sequencer signs with the old keys until its epoch ends, and without them the synchronizer stops permanently. Two new epochs must begin, which takes up to three minutes.',
      [
        { code: `val epoch = ${epoch}`, value: 'number' },
        {
          ...condition('two epochs have begun since the keys were replaced', `${epoch} >= epoch + 2`),
          until: `${epoch} >= epoch + 2`,
        },
      ],
    ),
  ];
}

/** A sequencer is assumed to use BFT unless another type is set. */
function isBft(facts: Facts): boolean {
  const type = writtenAt(facts, 'sequencer', 'type');
  const read = type && asText(type);
  return read?.ok !== true || read.value.toLowerCase() === 'bft';
}
