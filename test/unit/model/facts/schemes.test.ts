import { deepEqual, equal } from 'node:assert/strict';
import type { CantonVersion } from '../../../../schemas/version';
import { type Bound, UNKNOWN } from '../../../../server/src/model/binding/bound';
import {
  algorithmFor,
  type SelectionFailure,
  schemeSetting,
  schemeSettings,
  selectSchemes,
  setText,
} from '../../../../server/src/model/facts/schemes';
import { readNodes } from '../../../../server/src/model/facts/view';
import { launch, open } from '../../hocon/launch';

async function sectionOf(crypto: string, version: CantonVersion = '3.5'): Promise<Bound> {
  const text = `canton.participants.p1.crypto { ${crypto} }`;
  const { root } = await launch({ 'a.conf': text }, { environment: open() });
  return readNodes(root, version, 'enterprise')[0]?.section as Bound;
}

/** The default and the number of allowed values of each setting, or the failure. */
async function selected(crypto: string, provider: 'jce' | 'kms', version: CantonVersion = '3.5') {
  const found = selectSchemes(await sectionOf(crypto, version), provider, version);
  if (found === UNKNOWN) return 'unknown';
  if ('text' in found) {
    const { kind, settings, text, taken } = found satisfies SelectionFailure;
    return `${kind} ${settings} ${taken}: ${text}`;
  }
  return [...found].map(([settings, one]) => `${settings} ${one.default} of ${one.allowed.length}`);
}

describe('the schemes of a node', () => {
  it('are those of its provider, where it sets none', async () => {
    deepEqual(await selected('', 'jce'), [
      'signing.keys ec-curve-25519 of 4',
      'signing.algorithms ed-25519 of 3',
      'encryption.keys ec-p-256 of 2',
      'encryption.algorithms ecies-hkdf-hmac-sha-256-aes-128-cbc of 2',
    ]);
    deepEqual(await selected('', 'kms'), [
      'signing.keys ec-p-256 of 4',
      'signing.algorithms ec-dsa-sha-256 of 3',
      'encryption.keys rsa-2048 of 2',
      'encryption.algorithms rsa-oaep-sha-256 of 2',
    ]);
  });

  it('are those that it sets', async () => {
    deepEqual(
      await selected(
        'signing { keys { default = ec-p-384, allowed = [ec-p-384] }, algorithms.default = ec-dsa-sha-384 }',
        'kms',
      ),
      [
        'signing.keys ec-p-384 of 1',
        'signing.algorithms ec-dsa-sha-384 of 3',
        'encryption.keys rsa-2048 of 2',
        'encryption.algorithms rsa-oaep-sha-256 of 2',
      ],
    );
  });

  it('contain the experimental ones only where these are enabled', async () => {
    const experimental = 'signing { keys.default = ml-dsa-65, algorithms.default = ml-dsa-65 }';
    equal(
      await selected(experimental, 'jce', '3.6'),
      'not-allowed signing.keys ml-dsa-65: Scheme ML-DSA-65 is not allowed: Set(EC-Curve25519, EC-P256, EC-P384, EC-Secp256k1)',
    );
    deepEqual((await selected(`${experimental}, enable-experimental = yes`, 'jce', '3.6')).slice(0, 2), [
      'signing.keys ml-dsa-65 of 5',
      'signing.algorithms ml-dsa-65 of 4',
    ]);
    equal(
      await selected('signing.keys.allowed = [ml-dsa-65, ec-curve-25519]', 'jce', '3.6'),
      'not-supported signing.keys ec-curve-25519: Allowed schemes Set(ML-DSA-65, EC-Curve25519) are not supported',
    );
  });

  it('must be allowed, and in 3.5 and later fit together', async () => {
    equal(
      await selected('signing.keys.allowed = [ec-p-384]', 'kms'),
      'not-allowed signing.keys ec-p-256: Scheme EC-P256 is not allowed: Set(EC-P384)',
    );
    const unfit = 'signing.keys.default = ec-p-384';
    const text =
      'mismatch signing.algorithms ec-dsa-sha-256: Default signing key spec EC-P384 is not supported by default signing algorithm EC-DSA-SHA256. Supported key specs: Set(EC-P256, EC-Secp256k1)';
    equal(await selected(unfit, 'kms', '3.5'), text);
    equal(await selected(unfit, 'kms', '3.6'), text);
    equal((await selected(unfit, 'kms', '3.4')).length, 4);
    equal(
      await selected('encryption.keys.default = ec-p-256', 'kms'),
      'mismatch encryption.algorithms rsa-oaep-sha-256: Default encryption key spec EC-P256 is not supported by default encryption algorithm RSA-OAEP-SHA256. Supported key specs: Set(RSA-2048)',
    );
  });

  it('are not known while one of the values comes from outside', async () => {
    for (const crypto of [
      'signing.keys.default = ${X}',
      'signing.keys.allowed = ${X}',
      'encryption.algorithms.allowed = [${X}]',
      'enable-experimental = ${X}',
    ])
      equal(await selected(crypto, 'kms', '3.6'), 'unknown', crypto);
  });

  it('are read once, with the names that Canton prints, also of other versions', async () => {
    const section = await sectionOf('');
    equal(schemeSettings(section), schemeSettings(section));
    deepEqual(
      schemeSettings(section).map(({ settings, purpose, level }) => [settings, purpose, level]),
      [
        ['signing.keys', 'signing', 'keys'],
        ['signing.algorithms', 'signing', 'algorithms'],
        ['encryption.keys', 'encryption', 'keys'],
        ['encryption.algorithms', 'encryption', 'algorithms'],
      ],
    );
    const keys = schemeSetting(section, 'signing.keys');
    deepEqual(
      ['ec-p-256', 'ml-dsa-65', 'other'].map((spelling) => keys?.displayName(spelling)),
      ['EC-P256', 'ML-DSA-65', 'other'],
    );
    deepEqual(
      schemeSettings(await sectionOf('', '2.10')).map(({ settings }) => settings),
      [],
    );
  });

  it('have an algorithm for each key', async () => {
    const section = await sectionOf('');
    const algorithms = schemeSetting(section, 'signing.algorithms');
    const found = ['ec-p-256', 'ec-p-384', 'ec-curve-25519', 'rsa-2048'].map(
      (key) => algorithms && algorithmFor(algorithms, key),
    );
    deepEqual(found, ['ec-dsa-sha-256', 'ec-dsa-sha-384', 'ed-25519', undefined]);
  });

  it('are a set as Scala prints it', () => {
    const shout = (spelling: string) => spelling.toUpperCase();
    equal(setText(['a', 'b', 'c', 'd'], shout), 'Set(A, B, C, D)');
    equal(setText(['a', 'b', 'c', 'd', 'e'], shout), 'HashSet(A, B, C, D, E)');
  });
});
