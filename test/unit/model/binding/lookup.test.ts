import { deepEqual, equal } from 'node:assert/strict';
import { fieldModelOf } from '../../../../schemas/compile';
import { textAt } from '../../../../server/src/model/binding/bound';
import { fieldAt, fieldsAt } from '../../../../server/src/model/binding/lookup';
import { objectAt } from '../../../../server/src/model/facts/nodes';
import { readNodes } from '../../../../server/src/model/facts/view';
import { contextOf, URI } from '../../rules/check-text';

const MODEL = fieldModelOf('3.5', 'enterprise');
const KMS = ['participants', 'p1', 'crypto', 'kms'];
const written = (kms: string) =>
  objectAt(contextOf(new Map([[URI, `canton.participants.p1.crypto.kms { ${kms} }`]])).config, 'canton');

describe('keys by place', () => {
  it('finds a key through nodes and objects', () => {
    equal(fieldAt(MODEL, ['mediators', 'any', 'crypto', 'provider'])?.meta.default, 'jce');
    equal(fieldAt(MODEL, ['participants', 'p1', 'crypto', 'nothing']), undefined);
    equal(fieldAt(MODEL, ['participants', 'p1'])?.model.kind, 'object');
  });

  it('goes by the written type, and offers all alternatives without one', () => {
    const names = (kms: string) => fieldsAt(MODEL, KMS, written(kms)).map(({ name }) => name);
    equal(names('type = gcp').includes('region'), false);
    equal(names('type = gcp').includes('key-ring-id'), true);
    deepEqual(
      ['type', 'region', 'key-ring-id', 'health-check-period'].filter((name) => names('').includes(name)),
      ['type', 'region', 'key-ring-id', 'health-check-period'],
    );
    equal(fieldAt(MODEL, [...KMS, 'region'], written('type = gcp')), undefined);
    equal(fieldAt(MODEL, [...KMS, 'region'], written('type = other'))?.required, true);
  });

  it('knows what each version has', () => {
    equal(fieldAt(fieldModelOf('3.4', 'enterprise'), ['participants', 'p', 'crypto', 'parallelism']), undefined);
    equal(fieldAt(fieldModelOf('3.6', 'enterprise'), [...KMS, 'custom-tags'])?.meta.since, '3.6');
    equal(fieldAt(fieldModelOf('2.10', 'community'), ['domains', 'd', 'crypto', 'kms']), undefined);
  });
});

describe('nodes', () => {
  it('are found with mode, provider and type of KMS', () => {
    const { config } = contextOf(
      new Map([
        [
          URI,
          `canton {
            participants { a.crypto { provider = kms, kms { type = aws, region = r } }, b {} }
            sequencers.s.crypto { kms { type = gcp }, private-key-store.encryption.type = kms }
            mediators.m.crypto { kms.type = driver, private-key-store.encryption { type = kms, reverted = true } }
            remote-participants.r {}
          }`,
        ],
      ]),
    );
    deepEqual(
      readNodes(config, '3.5', 'enterprise').map(({ id, mode, section, kmsType }) => [
        id,
        mode,
        textAt(section, 'provider'),
        kmsType,
      ]),
      [
        ['participants.a', 'external', 'kms', 'aws'],
        ['participants.b', 'none', 'jce', undefined],
        ['sequencers.s', 'envelope', 'jce', 'gcp'],
        ['mediators.m', 'none', 'jce', 'driver'],
      ],
    );
  });
});
