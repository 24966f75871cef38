import { deepEqual, equal } from 'node:assert/strict';
import type { CantonVersion } from '../../../../schemas/version';
import { hoconPath } from '../../../../server/src/text/encoders/hocon';
import { contextOf, URI } from '../../rules/check-text';

const NODE = 'canton.participants.p1';

/** The values below the participant `p1` that Canton refuses to read: path and Canton's message. */
function failuresOf(text: string, version: CantonVersion = '3.5'): string[] {
  const environment = { variables: new Map<string, string>(), closed: true };
  const { view } = contextOf(new Map([[URI, text]]), { version, environment });
  return view.failures.map((failure) => `${hoconPath(failure.path).replace(`${NODE}.`, '')}: ${failure.text}`);
}

const inKms = (rest: string) => `${NODE}.crypto.kms { type = aws, region = r, ${rest} }`;
const inBackoff = (rest: string) =>
  inKms(`retries.failures { initial-delay = 1s, max-delay = 1s, max-retries = 1 }, retries.failures { ${rest} }`);
const inSession = (rest: string) => `${NODE}.crypto.session-signing-keys { enabled = false, ${rest} }`;
const MULTI = 'crypto.kms.multi-region-key';
const RETRIES = 'crypto.kms.retries.failures.max-retries';

const refused: readonly (readonly [
  what: string,
  text: string,
  failures: readonly string[],
  version?: CantonVersion,
])[] = [
  ['a capital boolean', inKms('multi-region-key = True'), [`${MULTI}: Expected type BOOLEAN. Found STRING instead.`]],
  ['a number as boolean', inKms('multi-region-key = 1'), [`${MULTI}: Expected type BOOLEAN. Found NUMBER instead.`]],
  ['null as boolean', inKms('multi-region-key = null'), [`${MULTI}: Expected type BOOLEAN. Found NULL instead.`]],
  [
    'a list as text',
    `${NODE}.crypto.kms { type = aws, region = [a] }`,
    ['crypto.kms.region: Expected type STRING. Found LIST instead.'],
  ],
  [
    'a fraction as integer',
    inBackoff('max-retries = 1.5'),
    [`${RETRIES}: Cannot convert '1.5' to Int: Unable to convert Number to Int.`],
  ],
  [
    'more than 32 bits',
    inBackoff('max-retries = 2147483648'),
    [`${RETRIES}: Cannot convert '2147483648' to Int: Unable to convert Number to Int.`],
  ],
  ['a word as integer', inBackoff('max-retries = many'), [`${RETRIES}: Expected type NUMBER. Found STRING instead.`]],
  [
    'a boolean as integer',
    inBackoff('max-retries = true'),
    [`${RETRIES}: Expected type NUMBER. Found BOOLEAN instead.`],
  ],
  [
    'an infinite first delay',
    inBackoff('initial-delay = Inf'),
    [
      'crypto.kms.retries.failures.initial-delay: Cannot convert `Inf` to a non-negative finite duration: Duration is not a finite duration',
    ],
  ],
  [
    'a negative limit',
    inBackoff('max-delay = -1s'),
    [
      "crypto.kms.retries.failures.max-delay: Cannot convert '-1s' to com.digitalasset.canton.config.NonNegativeDuration$: Duration -1 seconds is negative!.",
    ],
  ],
  [
    'a limit of minus infinity',
    inBackoff('max-delay = MinusInf'),
    [
      "crypto.kms.retries.failures.max-delay: Cannot convert 'MinusInf' to com.digitalasset.canton.config.NonNegativeDuration$: Duration Duration.MinusInf is not a valid duration that can be used for timeouts..",
    ],
  ],
  [
    'an incomplete backoff',
    inKms('retries.failures { max-delay = 1s }'),
    [
      "crypto.kms.retries.failures.initial-delay: Key not found: 'initial-delay'.",
      "crypto.kms.retries.failures.max-retries: Key not found: 'max-retries'.",
    ],
  ],
  [
    'a duration of zero where one is needed',
    inSession('key-eviction-period = 0s'),
    [
      'crypto.session-signing-keys.key-eviction-period: Cannot convert `0s` to a positive finite duration: Duration 0 seconds is not positive!',
    ],
  ],
  [
    'half a second in 3.3',
    `${NODE}.parameters.session-signing-keys { enabled = false, cut-off-duration = 500ms }`,
    [
      "parameters.session-signing-keys.cut-off-duration: Cannot convert '500ms' to com.digitalasset.canton.config.PositiveDurationSeconds$: Duration 500 milliseconds is not rounded to the second.",
    ],
    '3.3',
  ],
  [
    'a duration that Scala cannot hold',
    inSession('key-eviction-period = 106752d'),
    [
      'crypto.session-signing-keys.key-eviction-period: requirement failed: Duration is limited to +-(2^63-1)ns (ca. 292 years)',
    ],
  ],
  [
    'a wrong spelling in a list',
    `${NODE}.crypto.signing.keys.allowed = [ec-p-256, P256]`,
    [`crypto.signing.keys.allowed.1: No valid coproduct option found for '"P256"'.`],
  ],
  [
    'a number as enumeration',
    `${NODE}.crypto.provider = 5`,
    ["crypto.provider: No valid coproduct option found for '5'."],
  ],
  [
    'an object without numbered keys as list',
    `${NODE}.crypto.signing.keys.allowed { a = ec-p-256 }`,
    ['crypto.signing.keys.allowed: Expected type LIST. Found OBJECT instead.'],
  ],
  [
    'an empty text as wrapper key',
    `${NODE}.crypto.private-key-store.encryption { type = kms, wrapper-key-id = "" }`,
    [
      "crypto.private-key-store.encryption.wrapper-key-id: The string you gave for this configuration setting ('') had size 0, but we require a string with length <= 255 for this configuration setting",
    ],
  ],
  [
    'a negative parallelism',
    `${NODE}.crypto.parallelism.signature-verification-parallelism = -1`,
    [
      'crypto.parallelism.signature-verification-parallelism: The value you gave for this configuration setting (-1) was non-positive, but we require a positive value for this configuration setting',
    ],
  ],
  [
    'nothing else inside an object of unknown type',
    `${NODE}.crypto.kms { type = other, foo = 1 }`,
    ['crypto.kms.type: Unexpected value "other" found.'],
  ],
  [
    'keys that differ by their spelling, twice',
    `${NODE}.crypto.kms { type = gcp, location-id = l, project-id = p, keyRingId = r }`,
    [
      "crypto.kms.key-ring-id: Key not found: 'key-ring-id'. You might have a misconfigured ProductHint, since the following similar keys were found:\n  - 'keyRingId'",
      'crypto.kms.keyRingId: Unknown key.',
    ],
  ],
  ['null as section', `${NODE}.crypto = null`, ['crypto: Expected type OBJECT. Found NULL instead.']],
  [
    'a nested tag',
    inKms('custom-tags { a.b = c }'),
    ['crypto.kms.custom-tags.a: Expected type STRING. Found OBJECT instead.'],
    '3.6',
  ],
  [
    'a key of a remote node',
    'canton.remote-participants.r.crypto {}',
    ['canton.remote-participants.r.crypto: Unknown key.'],
  ],
  [
    'the unknown keys of an open section',
    `${NODE}.parameters.session-signing-keys.enabled = true`,
    ['parameters.session-signing-keys: Unknown key.'],
  ],
  ['the KMS in 2.10 community', 'canton.domains.d.crypto.kms {}', [], '2.10'],
];

const accepted: readonly (readonly [what: string, text: string, version?: CantonVersion])[] = [
  ['yes and off as booleans', inKms('multi-region-key = yes, audit-logging = "off"')],
  [
    'numbers and booleans as text',
    `${NODE}.crypto.kms { type = gcp, location-id = 1e3, project-id = 007, key-ring-id = true }`,
  ],
  ['numbers in texts', inBackoff('max-retries = " 5 "')],
  ['a Java double in a text', inBackoff('max-retries = 5d')],
  ['no limit', inBackoff('max-delay = Inf, max-retries = -1')],
  ['null for optional keys', `${NODE}.crypto { kms = null, signing.algorithms { default = null, allowed = null } }`],
  ['null as driver configuration', `${NODE}.crypto.kms { type = driver, name = d, config = null }`],
  [
    'an object with numbered keys as list',
    `${NODE}.crypto.signing.keys.allowed { 1 = ec-p-256, 0 = ec-p-384, note = x }`,
  ],
  ['any key in sections that are not described', `${NODE} { whatever = 1, parameters.foo = 2, ledger-api { a = b } }`],
  ['300 characters', `${NODE}.crypto.private-key-store.encryption { type = kms, wrapper-key-id = ${'k'.repeat(300)} }`],
  ['the place of 3.4', `${NODE}.crypto.kms { type = aws, region = r, session-signing-keys.enabled = false }`, '3.4'],
  ['nodes of 2.x', 'canton.domains.d.crypto.provider = tink', '2.10'],
];

describe('reading as PureConfig', () => {
  for (const [what, text, failures, version] of refused) {
    if (failures.length > 0) it(`refuses ${what}`, () => deepEqual(failuresOf(text, version), failures));
  }
  for (const [what, text, version] of accepted) {
    it(`accepts ${what}`, () => deepEqual(failuresOf(text, version), []));
  }

  it('knows the KMS of 2.x in the enterprise edition only', () => {
    const texts = new Map([[URI, 'canton.domains.d.crypto.kms { type = aws, region = r }']]);
    const failures = (edition: 'community' | 'enterprise') =>
      contextOf(texts, { version: '2.10', edition }).view.failures.map(({ text }) => text);
    deepEqual(failures('community'), ['Unknown key.']);
    deepEqual(failures('enterprise'), []);
  });

  it('reads the alias of 3.5 where the new place is, key by key', () => {
    const text = `${NODE}.crypto {
      kms { type = aws, region = r, session-signing-keys { enabled = true, key-validity-duration = 300 } }
      session-signing-keys { enabled = false }
    }`;
    deepEqual(failuresOf(text), [
      'crypto.session-signing-keys.key-validity-duration: Cannot convert `300` to a positive finite duration: format error 300',
    ]);
    equal(
      failuresOf(`${NODE}.crypto.kms.session-signing-keys.enabled = true`)[0],
      "crypto.kms.type: Key not found: 'type'.",
    );
  });

  it('drops unknown keys when it is told to, but not those that came through the alias', () => {
    const switches = 'canton.parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }\n';
    const dropped = `${switches}${inKms('foo = 1')}\ncanton.domains.d {}`;
    deepEqual(failuresOf(dropped), []);
    deepEqual(
      contextOf(new Map([[URI, dropped]])).view.dropped.map(({ path }) => path.join('.')),
      ['canton.participants.p1.crypto.kms.foo', 'canton.domains'],
    );
    deepEqual(failuresOf(`${switches}${inKms('session-signing-keys { enabled = true, foo = 1 }')}`), [
      'crypto.session-signing-keys.foo: Unknown key.',
    ]);
    deepEqual(failuresOf(`canton.parameters.non-standard-config = yes\n${inKms('foo = 1')}`), [
      'crypto.kms.foo: Unknown key.',
    ]);
  });
});
