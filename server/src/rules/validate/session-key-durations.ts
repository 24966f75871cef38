import { durationText } from '../../../../schemas/scala-duration';
import { type Bound, booleanAt, boundAt, nanosAt, UNKNOWN } from '../../model/binding/bound';
import { Reader } from '../../model/binding/read';
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

Equal values fail. The defaults (5m, 2m, 1m, 10m, offset 2m) pass. In the variables of a container, where another part of the launch
may set what is absent, the report is a warning.`,
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
      const unless =
        fault.isAssumed === true ? ' Canton refuses this unless another part of the launch changes it.' : '';
      const message = `${fault.message} (${nameOf(node)})${unless}`;
      const severity = fault.isAssumed === true ? 'warning' : 'error';
      return [report(sessionKeyDurations, { message, severity, ...place, related, fixes })];
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
  /** It depends on a default, in place of which another part of the launch may set something. */
  readonly isAssumed?: boolean;
}

function firstFault({ view, version }: RuleContext, node: NodeView): Fault | undefined {
  const keys = sessionKeys(node, version);
  if (keys === undefined || booleanAt(keys, 'enabled') !== true) return undefined;
  const unchecked = booleanAt(keys, 'disable-bound-checks');
  if (unchecked === true && view.nonStandard === false) {
    const message = `'disable-bound-checks' requires 'canton.parameters.non-standard-config = true', and is for tests only. Canton: "Disabling bound checks on session signing key validity parameters is only allowed with a \`nonStandardConfig\`"`;
    return { message, keys: ['disable-bound-checks'], isRemovable: true };
  }
  if (unchecked === false) return compared(keys, node);
  const isWritten = boundAt(keys, 'disable-bound-checks')?.entry !== undefined;
  const fault = unchecked === UNKNOWN && !isWritten ? compared(keys, node) : undefined;
  return fault && { ...fault, isAssumed: true };
}

/** A duration, and whether it is only the default because another part of the launch may set it. */
interface Duration {
  readonly nanos: bigint;
  readonly isAssumed: boolean;
}

function durationAt(keys: Bound, name: string): Duration | undefined {
  const nanos = nanosAt(keys, name);
  if (typeof nanos === 'bigint') return { nanos, isAssumed: false };
  const { field, path, entry } = boundAt(keys, name) ?? {};
  if (nanos !== UNKNOWN || field === undefined || path === undefined || entry !== undefined) return undefined;
  const value = new Reader().default(field, path, NOWHERE);
  const isKnown = value.kind === 'duration' && value.duration.kind === 'finite';
  return isKnown ? { nanos: value.duration.nanos, isAssumed: true } : undefined;
}

const NOWHERE = { uri: '', range: { start: 0, end: 0 } };

function compared(keys: Bound, node: NodeView): Fault | undefined {
  const validity = durationAt(keys, 'key-validity-duration');
  const tolerance = durationAt(keys, 'tolerance-shift-duration');
  const cutOff = durationAt(keys, 'cut-off-duration');
  const eviction = durationAt(keys, 'key-eviction-period');
  const offset = nanosAt(node.bound, 'sequencer-client', 'default-max-sequencing-time-offset');
  if (validity === undefined || tolerance === undefined || cutOff === undefined) return undefined;
  const assumed = (...used: readonly Duration[]) => ({ isAssumed: used.some(({ isAssumed }) => isAssumed) });
  const sum = tolerance.nanos + cutOff.nanos;
  const double = 2n * cutOff.nanos;
  const least = sum > double ? sum : double;
  if (validity.nanos <= least) {
    const message = `'${durationText(validity.nanos)}' is too short for 'key-validity-duration'. It must be longer than '${durationText(least)}', the larger of 2 × 'cut-off-duration' and 'tolerance-shift-duration' + 'cut-off-duration'.`;
    const used = validity.nanos <= double ? assumed(validity, cutOff) : assumed(validity, tolerance, cutOff);
    return { message, keys: ['key-validity-duration', 'cut-off-duration', 'tolerance-shift-duration'], ...used };
  }
  if (tolerance.nanos <= cutOff.nanos) {
    const message = `'${durationText(tolerance.nanos)}' is too short for 'tolerance-shift-duration'. It must be longer than 'cut-off-duration', which is '${durationText(cutOff.nanos)}'.`;
    return { message, keys: ['tolerance-shift-duration', 'cut-off-duration'], ...assumed(tolerance, cutOff) };
  }
  const rest = validity.nanos - cutOff.nanos;
  if (typeof offset === 'bigint' && rest <= offset) {
    const message = `'${durationText(validity.nanos)}' is too short for 'key-validity-duration'. Minus 'cut-off-duration' it is '${durationText(rest)}', which must be longer than 'sequencer-client.default-max-sequencing-time-offset', '${durationText(offset)}'.`;
    return { message, keys: ['key-validity-duration', 'cut-off-duration'], offset: true, ...assumed(validity, cutOff) };
  }
  if (eviction === undefined || eviction.nanos > validity.nanos) return undefined;
  const message = `'${durationText(eviction.nanos)}' is too short for 'key-eviction-period'. It must be longer than 'key-validity-duration', which is '${durationText(validity.nanos)}'.`;
  return { message, keys: ['key-eviction-period', 'key-validity-duration'], ...assumed(eviction, validity) };
}

function offsetOf(node: NodeView) {
  return boundAt(node.bound, 'sequencer-client', 'default-max-sequencing-time-offset');
}
