import { LINES, type Line, type MatrixCase } from './case';
import { combine, maybe, NOTHING, product } from './combine';
import { ENCRYPTION_ALGORITHMS, ENCRYPTION_KEYS, KMS, SIGNING_ALGORITHMS, SIGNING_KEYS } from './places';

/** The choice and acceptance of schemes with each provider and backend. */
export function schemeInteractions(): MatrixCase[] {
  return [
    ...schemeDefaults('signing', SIGNING_ALGORITHMS, SIGNING_KEYS),
    ...schemeDefaults('encryption', ENCRYPTION_ALGORITHMS, ENCRYPTION_KEYS),
    ...schemeLists(),
    ...experimental(),
  ];
}

const AFTER_33 = LINES.filter((line) => line !== '3.3');

/** The requirements of 3.3 for the default schemes of a KMS node are not published. */
const PROVIDERS: readonly { readonly statements: readonly string[]; readonly lines: readonly Line[] }[] = [
  { statements: [], lines: LINES },
  { statements: ['crypto.provider = kms', KMS.driver], lines: AFTER_33 },
  { statements: ['crypto.provider = kms', KMS.aws], lines: AFTER_33 },
  { statements: ['crypto.provider = kms', KMS.gcp], lines: AFTER_33 },
];

function schemeDefaults(what: string, algorithms: readonly string[], keys: readonly string[]): MatrixCase[] {
  return PROVIDERS.flatMap(({ statements, lines }) =>
    product(maybe(`crypto.${what}.algorithms.default`, algorithms), maybe(`crypto.${what}.keys.default`, keys)).map(
      (row) => combine('scheme-defaults', [...statements, ...row], lines),
    ),
  );
}

const SIGNING_LISTS = {
  algorithms: ['[ed-25519]', '[ec-dsa-sha-256]', '[ec-dsa-sha-384]', '[ed-25519, ec-dsa-sha-256]'],
  keys: ['[ec-curve-25519]', '[ec-p-256]', '[ec-p-256, ec-secp-256k-1]', '[ec-p-256, ec-curve-25519]', '[ec-p-384]'],
};

function schemeLists(): MatrixCase[] {
  const algorithms = maybe('crypto.signing.algorithms.allowed', SIGNING_LISTS.algorithms);
  const keys = maybe('crypto.signing.keys.allowed', SIGNING_LISTS.keys);
  const lists = [
    ...product(algorithms, keys),
    ...product(
      maybe('crypto.encryption.algorithms.allowed', [
        '[ecies-hkdf-hmac-sha-256-aes-128-cbc]',
        '[rsa-oaep-sha-256]',
        `[${ENCRYPTION_ALGORITHMS.join(', ')}]`,
      ]),
      maybe('crypto.encryption.keys.allowed', ['[ec-p-256]', '[rsa-2048]', '[ec-p-256, rsa-2048]']),
    ),
  ];
  const defaults = [
    ...product(maybe('crypto.signing.algorithms.default', SIGNING_ALGORITHMS.slice(0, 3)), algorithms),
    ...product(maybe('crypto.signing.keys.default', SIGNING_KEYS.slice(0, 4)), keys),
  ];
  const kms = ['crypto.provider = kms', KMS.driver];
  return [
    ...[...lists, ...defaults].map((row) => combine('scheme-lists', ['crypto.provider = jce', ...row])),
    ...defaults.map((row) => combine('scheme-lists', [...kms, ...row], AFTER_33)),
    ...lists.map((row) => combine('scheme-lists', [...kms, ...row])),
  ];
}

function experimental(): MatrixCase[] {
  return product(
    maybe('crypto.enable-experimental', ['true', 'false']),
    [NOTHING, `crypto.provider = kms & ${KMS.aws}`, `crypto.provider = kms & ${KMS.driver}`],
    [
      'crypto.signing.keys { default = ml-dsa-65 } & crypto.signing.algorithms.default = ml-dsa-65',
      'crypto.signing.keys.allowed = [ec-curve-25519, ec-p-256, ml-dsa-65]',
      'crypto.signing.algorithms.allowed = [ed-25519, ec-dsa-sha-256, ml-dsa-65]',
      'crypto.signing.algorithms.default = ml-dsa-65',
    ],
  ).map((row) =>
    combine(
      'scheme-lists',
      row.flatMap((statement) => statement.split(' & ')),
      ['3.6'],
    ),
  );
}
