import type { ConfigChange } from '../../edits/edit-config';
import type { HoconObject } from '../../edits/hocon-text';
import { liveness } from '../console';
import { type Facts, isAtLeast, isOn, isOnIn, isWritten, listAt, textAt } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editSteps, restart, step } from '../steps';

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
  summary: 'Sign with short-lived keys in memory, to spare calls to the KMS',
  since: '3.3',
  refusals: modeRefusals,
  questions: () => [],
  plan: (facts) => {
    const scheme = schemeOf(facts);
    if (scheme !== undefined) return outcome(facts, scheme);
    return {
      refusals: [
        '`crypto.signing` allows no scheme that session keys can have: allow `ed-25519` with `ec-curve-25519`, or ECDSA on P-256 or P-384.',
      ],
    };
  },
};

function modeRefusals(facts: Facts): string[] {
  const { target } = facts;
  if (target.mode !== 'external') {
    return [
      `${target.id} does not keep its keys in a KMS (\`provider = kms\`), so session signing keys would spare nothing.`,
    ];
  }
  return isOn(facts, ...placeOf(facts), 'enabled') ? [`${target.id} has session signing keys already.`] : [];
}

/** The section moved twice. */
function placeOf(facts: Facts): readonly string[] {
  if (isAtLeast(facts, '3.5')) return ['crypto', KEYS];
  return isAtLeast(facts, '3.4') ? ['crypto', 'kms', KEYS] : ['parameters', KEYS];
}

/** What has to be written beside `enabled`: the schemes must be allowed. Undefined where none is. */
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
  const { target } = facts;
  const edit = editSteps(facts, 'Turn on session signing keys', 'Only for this node.', changes(facts, scheme));
  if (edit === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  return {
    warnings: warnings(facts),
    steps: [
      ...(isAtLeast(facts, '3.5')
        ? [
            step(
              'confirm',
              'The protocol is new enough',
              'Session signing keys work on synchronizers with protocol version 35 or later; on older ones the node warns and uses the long-term key.',
            ),
          ]
        : []),
      ...edit.forward,
      restart(facts, 'Nothing is migrated.'),
      step(
        'verify',
        'Verify',
        'The rate of calls to the KMS drops. The metric `kms.session-signing-keys-fallback` of the node counts when the long-term key was needed.',
        liveness(facts),
      ),
    ],
    rollback: [...edit.back, restart(facts, 'The long-term keys are used again.')],
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
  if (facts.version === '3.4') list.push('Canton 3.4 does not recommend them and asks for `non-standard-config`.');
  if (isWritten(facts, 'sequencer-client', 'default-max-sequencing-time-offset') && isAtLeast(facts, '3.5')) {
    list.push(
      '`key-validity-duration` less `cut-off-duration` (4 minutes by default) must be longer than the configured `default-max-sequencing-time-offset`.',
    );
  }
  return list;
}
