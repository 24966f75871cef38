import type { ConfigChange } from '../../edits/edit-config';
import type { HoconObject } from '../../edits/hocon-text';
import { liveness } from '../console';
import { type Facts, isAtLeast, isOn, isOnIn, isWritten, listAt, textAt } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editSteps, noFileToChange, rollingRestart, step } from '../steps';

const KEYS = 'session-signing-keys';
const NON_STANDARD = ['canton', 'parameters', 'non-standard-config'];

/** Session keys in place of the default Ed25519 (`CryptoScheme.scala` 3.3 to main): algorithm and its key. */
const ECDSA: readonly (readonly [algorithm: string, key: string])[] = [
  ['ed-25519', 'ec-curve-25519'],
  ['ec-dsa-sha-256', 'ec-p-256'],
  ['ec-dsa-sha-384', 'ec-p-384'],
];

/** Procedure (p). Source: `SessionSigningKeysConfig.scala`, `ConfigValidations.scala` 3.3 to main; release notes 3.5.1. */
export const enableSessionSigningKeys: Procedure = {
  name: 'enable-session-signing-keys',
  title: 'Enable session signing keys',
  summary: 'Sign with short-lived keys in memory, to avoid calls to the KMS',
  since: '3.3',
  refusals: modeRefusals,
  questions: () => [],
  plan: (facts) => {
    const scheme = schemeOf(facts);
    if (scheme !== undefined) return outcome(facts, scheme);
    return {
      refusals: [
        '`crypto.signing` does not allow a scheme that session keys support. Allow `ed-25519` with `ec-curve-25519`, or ECDSA on P-256 or P-384.',
      ],
    };
  },
};

function modeRefusals(facts: Facts): string[] {
  const { target } = facts;
  if (target.mode !== 'external') {
    return [
      `${target.id} does not have its keys in a KMS (\`provider = kms\`), so session signing keys would have no benefit. To move its keys there, plan \`migrate-export-keys\`, or \`enable-external\` for a new node.`,
    ];
  }
  return isOn(facts, ...placeOf(facts), 'enabled')
    ? [`Nothing to do: ${target.id} already uses session signing keys.`]
    : [];
}

/** The section has moved twice. */
function placeOf(facts: Facts): readonly string[] {
  if (isAtLeast(facts, '3.5')) return ['crypto', KEYS];
  return isAtLeast(facts, '3.4') ? ['crypto', 'kms', KEYS] : ['parameters', KEYS];
}

/** The settings to write next to `enabled`, because the schemes must be allowed. Undefined if none is allowed. */
function schemeOf(facts: Facts): HoconObject | undefined {
  const place = placeOf(facts);
  const algorithms = listAt(facts, 'crypto', 'signing', 'algorithms', 'allowed');
  const keys = listAt(facts, 'crypto', 'signing', 'keys', 'allowed');
  const isAllowed = ([algorithm, key]: readonly [string, string]) =>
    (algorithms?.includes(algorithm) ?? true) && (keys?.includes(key) ?? true);
  const written = [
    textAt(facts, ...place, 'signing-algorithm-spec') ?? 'ed-25519',
    textAt(facts, ...place, 'signing-key-spec') ?? 'ec-curve-25519',
  ] as const;
  if (isAllowed(written)) return {};
  const found = ECDSA.find(isAllowed);
  return found && { 'signing-algorithm-spec': found[0], 'signing-key-spec': found[1] };
}

function outcome(facts: Facts, scheme: HoconObject): Outcome {
  const edit = editSteps(facts, 'Turn on session signing keys', 'Only for this node.', changes(facts, scheme));
  if (edit === undefined) return noFileToChange(facts);
  return {
    warnings: warnings(facts),
    steps: [
      ...(isAtLeast(facts, '3.5')
        ? [
            step(
              'confirm',
              'The protocol version supports session signing keys',
              'Session signing keys require a synchronizer with protocol version 35 or later. On older ones, the node logs a warning and uses the long-term key.',
            ),
          ]
        : []),
      ...edit.forward,
      rollingRestart(facts, 'No keys are migrated.'),
      step(
        'verify',
        'Verify',
        'The rate of calls to the KMS decreases. The metric `kms.session-signing-keys-fallback` counts how often the node needed the long-term key.',
        liveness(facts),
      ),
    ],
    rollback: [...edit.back, rollingRestart(facts, 'The node uses the long-term keys again.')],
  };
}

/** 3.4 accepts the section only as a non-standard setting (`ConfigValidations` 3.4). */
function changes(facts: Facts, scheme: HoconObject): ConfigChange[] {
  const keys: ConfigChange = {
    kind: 'set',
    path: [...facts.target.path, ...placeOf(facts)],
    value: { enabled: true, ...scheme },
  };
  if (facts.version !== '3.4') return [keys];
  return isOnIn(facts, NON_STANDARD) ? [keys] : [keys, { kind: 'set', path: NON_STANDARD, value: true }];
}

function warnings(facts: Facts): string[] {
  const list = ['Session keys are in memory in plaintext until they are evicted (10 minutes by default).'];
  if (facts.version === '3.4')
    list.push('Canton 3.4 does not recommend session signing keys and requires `non-standard-config`.');
  if (isWritten(facts, 'sequencer-client', 'default-max-sequencing-time-offset') && isAtLeast(facts, '3.5')) {
    list.push(
      '`key-validity-duration` minus `cut-off-duration` (4 minutes by default) must be longer than the configured `default-max-sequencing-time-offset`.',
    );
  }
  return list;
}
