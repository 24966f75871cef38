import { deepEqual, equal } from 'node:assert/strict';
import { awsKeyIdFault, isGcpKeyId, parseArn, parseGcpKeyName } from '../../../../server/src/model/facts/key-id';
import { kmsKeyOf, wrapperKeyOf } from '../../../../server/src/model/facts/kms-keys';
import { AWS_ACTIONS, GCP_PERMISSIONS, namesOf, usesOf } from '../../../../server/src/model/facts/kms-permissions';

const UUID = '12345678-1234-1234-1234-1234567890ab';
const MRK = `mrk-${'0123456789abcdef'.repeat(2)}`;
const ARN = 'arn:aws:kms:us-east-1:123456789012';

describe('an identifier of an AWS key', () => {
  const cases: readonly (readonly [id: string, fault: string | undefined])[] = [
    [UUID, undefined],
    [MRK, undefined],
    ['alias/canton/wrapper_key-1', undefined],
    [`${ARN}:key/${UUID}`, undefined],
    [`${ARN}:key/${MRK}`, undefined],
    [`${ARN}:alias/a`, undefined],
    ['wrapper', "is not an AWS key ID (a UUID or 'mrk-…'), key ARN or 'alias/NAME'"],
    [`${UUID}0`, "is not an AWS key ID (a UUID or 'mrk-…'), key ARN or 'alias/NAME'"],
    ['alias/', "is not an AWS key ID (a UUID or 'mrk-…'), key ARN or 'alias/NAME'"],
    ['arn', "is not an AWS key ID (a UUID or 'mrk-…'), key ARN or 'alias/NAME'"],
    ['arn:aws', "is not an AWS key ID (a UUID or 'mrk-…'), key ARN or 'alias/NAME'"],
    ['a:aws:kms:r:1:key/a', "is not an AWS key ID (a UUID or 'mrk-…'), key ARN or 'alias/NAME'"],
    ['arn:aws:s3:us-east-1:123456789012:bucket', "is an ARN of the service 's3', not of 'kms'"],
    ['arn:aws:kms', "has the account '', which must have 12 digits"],
    [`arn:aws:kms:us-east-1:1234:key/${UUID}`, "has the account '1234', which must have 12 digits"],
    [`arn:aws:kms:us-east-1:1234567890123:key/${UUID}`, "has the account '1234567890123', which must have 12 digits"],
    [`${ARN}:${UUID}`, `ends in '${UUID}', not in 'key/KEY-ID' or 'alias/NAME'`],
    [`${ARN}:key/${UUID}:a`, `ends in 'key/${UUID}:a', not in 'key/KEY-ID' or 'alias/NAME'`],
  ];
  for (const [id, fault] of cases) it(`${fault ?? 'is'} ${id}`, () => equal(awsKeyIdFault(id), fault));

  it('has the parts of its ARN, which may be absent', () => {
    deepEqual(parseArn(`${ARN}:alias/a`), {
      partition: 'aws',
      service: 'kms',
      region: 'us-east-1',
      account: '123456789012',
      resource: 'alias/a',
    });
    deepEqual(parseArn('arn:aws:kms'), { partition: 'aws', service: 'kms', region: '', account: '', resource: '' });
    deepEqual(['arn:aws', 'arn', 'alias/a'].map(parseArn), [undefined, undefined, undefined]);
  });
});

describe('an identifier of a Google Cloud key', () => {
  const NAME = 'projects/p/locations/l/keyRings/r/cryptoKeys/k';
  it('is a short name, or that of the resource', () => {
    const parts = { project: 'p', location: 'l', keyRing: 'r', key: 'k' };
    for (const name of [NAME, `//cloudkms.googleapis.com/${NAME}`, `${NAME}/cryptoKeyVersions/1`])
      deepEqual(parseGcpKeyName(name), parts, name);
    for (const name of ['k', `${NAME}/x`, NAME.slice(2)]) equal(parseGcpKeyName(name), undefined, name);
    deepEqual(['a-B_9', 'k'.repeat(63), 'k'.repeat(64), '', 'a.b'].map(isGcpKeyId), [true, true, false, false, false]);
  });
});

describe('a key at a KMS', () => {
  it('has the names of that KMS, unless it has no such keys', () => {
    deepEqual(kmsKeyOf('aws', 'ec-p-256'), { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' });
    deepEqual(kmsKeyOf('gcp', 'ec-curve-25519'), { spec: 'EC_SIGN_ED25519', usage: 'asymmetric-signing' });
    deepEqual([kmsKeyOf('aws', 'ec-curve-25519'), kmsKeyOf('aws', 'other')], [undefined, undefined]);
    deepEqual([wrapperKeyOf('aws').spec, wrapperKeyOf('gcp').usage], ['SYMMETRIC_DEFAULT', 'encryption']);
  });

  it('needs the permissions of its mode and of the occasions', () => {
    deepEqual([usesOf('participants.p1'), usesOf('mediators.m1')], [['use', 'decrypt'], ['use']]);
    deepEqual(namesOf(AWS_ACTIONS, 'external', 'use'), ['kms:Sign', 'kms:GetPublicKey']);
    deepEqual(namesOf(AWS_ACTIONS, 'envelope', 'create', 'revert'), [
      'kms:CreateKey',
      'kms:TagResource',
      'kms:Decrypt',
    ]);
    deepEqual(namesOf(GCP_PERMISSIONS, 'external', 'decrypt'), ['cloudkms.cryptoKeyVersions.useToDecrypt']);
    deepEqual(namesOf(GCP_PERMISSIONS, 'envelope'), []);
  });
});
