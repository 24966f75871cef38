import { deepEqual, equal } from 'node:assert/strict';
import { fieldModelOf } from '../../../../schemas/compile';
import type { FieldModel } from '../../../../schemas/model';
import { textAt } from '../../../../server/src/model/binding/bound';
import { fieldAt, fieldsAt, foreignAt } from '../../../../server/src/model/binding/lookup';
import { objectAt } from '../../../../server/src/model/facts/nodes';
import { readNodes } from '../../../../server/src/model/facts/view';
import { launch } from '../../hocon/launch';
import { contextOf, URI } from '../../rules/check-text';
import { oneOf, section, TEXT } from '../models';

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

describe('a key of a small model', () => {
  const list = (element: FieldModel): FieldModel => ({ kind: 'list', element, nonEmpty: false });
  const map = (value: FieldModel): FieldModel => ({ kind: 'map', value, checkKey: () => undefined });
  const either = oneOf({ x: { 'own!': '', both: '' }, y: { both: section({}) } });
  const foreign = new Map([['old', { doc: 'Old.', source: '' }]]);
  const model = section(
    { a: { b: '' }, nodes: map(section({ c: '' })), items: list(section({ d: '' })), names: list(TEXT), s: either },
    { apps: section({ app: { e: '' } }), foreign },
  );

  it('is found in sections, free names, lists and the sections of applications', () => {
    const found = (path: string) => fieldAt(model, path.split('.').filter(Boolean))?.model.kind;
    const kinds: Readonly<Record<string, string | undefined>> = {
      '': undefined,
      a: 'object',
      'a.b': 'string',
      'a.b.c': undefined,
      'nodes.any': 'object',
      'nodes.any.c': 'string',
      'nodes.any.d': undefined,
      'items.0': 'object',
      'items.12': 'object',
      'items.x': undefined,
      'items.0x': undefined,
      'items.0.d': 'string',
      'items.x.d': undefined,
      'names.0': 'string',
      's.own': 'string',
      's.both': 'string',
      'app.e': 'string',
      app: undefined,
      'other.b': undefined,
    };
    for (const [path, kind] of Object.entries(kinds)) equal(found(path), kind, path);
    deepEqual(fieldAt(model, ['nodes', 'any'])?.name, 'any');
    const { required, optional, meta } = fieldAt(model, ['items', '0']) ?? {};
    deepEqual([required, optional, meta], [false, false, { doc: '', source: '' }]);
  });

  it('is that of the type which is written, in a list as well', async () => {
    const { root } = await launch({ 'a.conf': 's.type = y, items = [{ type = x }, { type = y }], t.type = [y]' });
    const typed = section({ s: either, t: either, items: list(either) });
    const names = (...path: string[]) => fieldsAt(typed, path, root).map(({ name }) => name);
    deepEqual(fieldAt(typed, ['s', 'both'], root)?.model.kind, 'object');
    deepEqual(
      [names('s'), names('items', '0'), names('items', '1')],
      [
        ['type', 'both'],
        ['type', 'own', 'both'],
        ['type', 'both'],
      ],
    );
    deepEqual(names('items', '2'), ['type', 'own', 'both']);
    deepEqual(names('t'), ['type', 'own', 'both']);
    deepEqual(fieldAt(typed, ['t', 'both'], root)?.model.kind, 'string');
    deepEqual([names('items'), names('s', 'own'), names('nothing')], [[], [], []]);
  });

  it('may be one of another version', () => {
    const outer = section({ a: model, s: oneOf({ x: {} }) });
    deepEqual(foreignAt(outer, ['a', 'old'])?.doc, 'Old.');
    deepEqual(foreignAt(model, ['old'])?.doc, 'Old.');
    deepEqual(
      [foreignAt(outer, ['old']), foreignAt(outer, ['a', 'a']), foreignAt(outer, ['a', 'items', '0', 'old'])],
      [undefined, undefined, undefined],
    );
  });
});
