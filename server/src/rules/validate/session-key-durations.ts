import { durationText } from '../../../../schemas/scala-duration';
import { booleanAt, boundAt, nanosAt } from '../../model/binding/bound';
import { sessionKeys } from '../../model/facts/node-facts';
import type { NodeView } from '../../model/facts/view';
import { removeFix } from '../fixes';
import { isSince, nameOf, placeOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

export const sessionKeyDurations: Rule = {
  code: 'validate/session-key-durations',
  severity: 'error',
  scope: 'node',
  title: 'Durations of the session signing keys do not fit together',
  docs: `If session signing keys are enabled, Canton 3.5 and later check the following in this order, and report the first failure:

1. \`disable-bound-checks\` requires \`canton.parameters.non-standard-config = true\` (and then nothing else is checked);
2. \`key-validity-duration\` > the larger of 2 × \`cut-off-duration\` and \`tolerance-shift-duration\` + \`cut-off-duration\`;
3. \`tolerance-shift-duration\` > \`cut-off-duration\`;
4. \`key-validity-duration\` − \`cut-off-duration\` > \`sequencer-client.default-max-sequencing-time-offset\` of the node;
5. \`key-eviction-period\` > \`key-validity-duration\`.

Equal values fail. The defaults (5m, 2m, 1m, 10m, offset 2m) pass.`,
  source: 'config/ConfigValidations.scala 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  session-signing-keys { enabled = true, key-validity-duration = 2m }
}`,
    },
    good: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  session-signing-keys { enabled = true, key-validity-duration = 8m }
}`,
    },
  },
  check(context) {
    if (!isSince(context, '3.5')) return [];
    return validatedNodes(context).flatMap((node) => {
      const fault = firstFault(context, node);
      const keys = sessionKeys(node, context.version);
      if (fault === undefined || keys === undefined) return [];
      const candidates = [...fault.keys.map((key) => boundAt(keys, key)), ...(fault.offset ? [offsetOf(node)] : [])];
      const place = placeOf(node, ...candidates, boundAt(keys, 'enabled'));
      const [, ...others] = candidates.filter((bound) => bound?.entry !== undefined);
      const related = others.map((bound) => ({
        location: valueLocation(node, bound),
        message: `This is '${bound?.path.at(-1)}'.`,
      }));
      const fixes = fault.isRemovable ? removeFix(context, candidates[0]) : [];
      const message = `${fault.message} (${nameOf(node)})`;
      return [report(sessionKeyDurations, { message, ...place, related, fixes })];
    });
  },
};

interface Fault {
  readonly message: string;
  /** The keys that could be changed, most probable first. */
  readonly keys: readonly string[];
  readonly offset?: true;
  /** The first of the keys may be removed. */
  readonly isRemovable?: true;
}

function firstFault({ view, version }: RuleContext, node: NodeView): Fault | undefined {
  const keys = sessionKeys(node, version);
  if (keys === undefined || booleanAt(keys, 'enabled') !== true) return undefined;
  const unchecked = booleanAt(keys, 'disable-bound-checks');
  if (unchecked === true && view.nonStandard === false) {
    const message = `'disable-bound-checks' requires 'canton.parameters.non-standard-config = true', and is for tests only. Canton: "Disabling bound checks on session signing key validity parameters is only allowed with a \`nonStandardConfig\`"`;
    return { message, keys: ['disable-bound-checks'], isRemovable: true };
  }
  return unchecked === false ? compared(keys, node) : undefined;
}

function compared(keys: NonNullable<ReturnType<typeof sessionKeys>>, node: NodeView): Fault | undefined {
  const validity = nanosAt(keys, 'key-validity-duration');
  const tolerance = nanosAt(keys, 'tolerance-shift-duration');
  const cutOff = nanosAt(keys, 'cut-off-duration');
  const eviction = nanosAt(keys, 'key-eviction-period');
  const offset = nanosAt(node.bound, 'sequencer-client', 'default-max-sequencing-time-offset');
  if (typeof validity !== 'bigint' || typeof tolerance !== 'bigint' || typeof cutOff !== 'bigint') return undefined;
  const sum = tolerance + cutOff;
  const least = sum > 2n * cutOff ? sum : 2n * cutOff;
  if (validity <= least) {
    const message = `'${durationText(validity)}' is too short for 'key-validity-duration'. It must be longer than '${durationText(least)}', the larger of 2 × 'cut-off-duration' and 'tolerance-shift-duration' + 'cut-off-duration'.`;
    return { message, keys: ['key-validity-duration', 'cut-off-duration', 'tolerance-shift-duration'] };
  }
  if (tolerance <= cutOff) {
    const message = `'${durationText(tolerance)}' is too short for 'tolerance-shift-duration'. It must be longer than 'cut-off-duration', which is '${durationText(cutOff)}'.`;
    return { message, keys: ['tolerance-shift-duration', 'cut-off-duration'] };
  }
  if (typeof offset !== 'bigint') return undefined;
  if (validity - cutOff <= offset) {
    const message = `'${durationText(validity)}' is too short for 'key-validity-duration'. Minus 'cut-off-duration' it is '${durationText(validity - cutOff)}', which must be longer than 'sequencer-client.default-max-sequencing-time-offset', '${durationText(offset)}'.`;
    return { message, keys: ['key-validity-duration', 'cut-off-duration'], offset: true };
  }
  if (typeof eviction !== 'bigint' || eviction > validity) return undefined;
  const message = `'${durationText(eviction)}' is too short for 'key-eviction-period'. It must be longer than 'key-validity-duration', which is '${durationText(validity)}'.`;
  return { message, keys: ['key-eviction-period', 'key-validity-duration'] };
}

function offsetOf(node: NodeView) {
  return boundAt(node.bound, 'sequencer-client', 'default-max-sequencing-time-offset');
}
