import type { MatrixCase } from './case';
import { combine, maybe, NON_STANDARD, NOTHING, product } from './combine';
import { KMS, SESSION_PLACES } from './places';

/** Session signing keys: switches, schemes, bounds between durations, and the place they moved from. */
export function sessionKeyInteractions(): MatrixCase[] {
  return [...sessionKeySwitches(), ...sessionKeySchemes(), ...sessionKeyDurations(), ...alias()];
}

function sessionKeySwitches(): MatrixCase[] {
  return SESSION_PLACES.flatMap(({ key: place }) =>
    product(
      [
        `${place}.enabled = true`,
        `${place} { enabled = true, disable-bound-checks = true, key-validity-duration = 1s }`,
      ],
      maybe('crypto.provider', ['kms']),
      [NOTHING, KMS.aws, KMS.driver],
      [NOTHING, NON_STANDARD],
    ).map((row) => combine('session-key-rules', row)),
  );
}

function sessionKeySchemes(): MatrixCase[] {
  return SESSION_PLACES.flatMap(({ key: place }) =>
    product(
      [
        NOTHING,
        `${place} { signing-algorithm-spec = ec-dsa-sha-256, signing-key-spec = ec-p-256 }`,
        `${place}.signing-key-spec = ec-p-384`,
      ],
      maybe('crypto.signing.algorithms.allowed', ['[ec-dsa-sha-256]', '[ec-dsa-sha-256, ed-25519]']),
      maybe('crypto.signing.keys.allowed', ['[ec-p-256]', '[ec-p-256, ec-curve-25519]']),
    ).map((row) =>
      combine('session-key-rules', [
        NON_STANDARD,
        'crypto.provider = kms',
        KMS.driver,
        `${place}.enabled = true`,
        ...row,
      ]),
    ),
  );
}

function sessionKeyDurations(): MatrixCase[] {
  const place = 'crypto.session-signing-keys';
  const axes = [
    maybe(`${place}.key-validity-duration`, ['1s', '2m', '3m', '181s', '4m', '10m', '11m', '106751d']),
    maybe(`${place}.tolerance-shift-duration`, ['0s', '1m', '61s', '4m', '5m', '106751d']),
    maybe(`${place}.cut-off-duration`, ['0s', '1s', '2m', '150s', '3m', '60000d']),
    maybe(`${place}.key-eviction-period`, ['1s', '5m', '301s', '1h']),
    maybe('sequencer-client.default-max-sequencing-time-offset', ['1m', '3m', '4m', '5m']),
  ];
  const pairs = axes.flatMap((axis, index) => axes.slice(index + 1).flatMap((other) => product(axis, other)));
  const enabled = ['crypto.provider = kms', KMS.aws, `${place}.enabled = true`];
  const lines = ['3.5', '3.6'] as const;
  const disabled = product(axes[0] ?? [], axes[2] ?? []).map((row) =>
    combine('session-key-rules', [`${place}.enabled = false`, ...row], lines),
  );
  return [...pairs.map((row) => combine('session-key-rules', [...enabled, ...row], lines)), ...disabled];
}

function alias(): MatrixCase[] {
  const values = [
    '{ enabled = true }',
    '{ enabled = false, key-validity-duration = 2m }',
    '{ key-validity-duration = 2m }',
    '{}',
    'null',
    '5',
    '[]',
    '{ enabled = maybe }',
    '{ enabled = false, note = x }',
    '{ enabled = false, cut-off-duration = 0s }',
  ];
  const both = product(maybe('crypto.kms.session-signing-keys', values), maybe('crypto.session-signing-keys', values));
  const provider = ['crypto.provider = kms'];
  const odd = [
    ['crypto.kms { session-signing-keys.enabled = true }'],
    ['crypto.kms { type = aws, session-signing-keys.enabled = true }'],
    ['crypto.kms { region = r, session-signing-keys.enabled = true }'],
    ['crypto.kms { type = azure, session-signing-keys.enabled = true }'],
    [KMS.aws, 'crypto.kms.sessionSigningKeys.enabled = true'],
  ];
  return [
    ...both.map((row) => combine('alias', [...provider, KMS.aws, ...row])),
    ...odd.map((row) => combine('alias', row)),
  ];
}
