import assert from 'node:assert/strict';
import { fieldModelOf } from '../../../schemas/compile';
import type { ObjectModel } from '../../../schemas/model';
import { loadModel, type ModelData, type ObjectData, type UnionData } from '../../../schemas/model-data';
import type { CantonVersion } from '../../../schemas/version';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../../server/src/hocon/syntax/parse';
import type { ConfigEntry } from '../../../server/src/hocon/values/config-value';
import { booleanAt, textAt, UNKNOWN, valueAt } from '../../../server/src/model/binding/bound';
import { Reader } from '../../../server/src/model/binding/read';
import { hoconPath } from '../../../server/src/text/encoders/hocon';

const source = 'a test';

/** A few keys outside the crypto sections, as model data has them. */
const DATA: ModelData = {
  types: new Map(
    Object.entries({
      Port: { kind: 'object', fields: { port: { type: 'positiveInt', doc: 'The port.', source } } },
      Storage: {
        kind: 'union',
        source,
        options: {
          memory: { kind: 'object', fields: {} },
          postgres: {
            kind: 'object',
            fields: {
              config: { type: { kind: 'object', fields: {}, open: true }, optional: true, doc: 'Unread.', source },
              'max-connections': { type: 'positiveInt', computed: true, default: 'by the processors', doc: '', source },
            },
          },
        },
      },
      Group: {
        kind: 'object',
        fields: { inner: { type: { kind: 'ref', type: 'Group' }, optional: true, doc: 'Itself.', source } },
      },
    } satisfies Record<string, ObjectData | UnionData>),
  ),
  root: {
    kind: 'object',
    fields: {
      'admin-api': { type: { kind: 'ref', type: 'Port' }, doc: 'The Admin API.', source },
      storage: { type: { kind: 'ref', type: 'Storage' }, defaultValue: { type: 'memory' }, doc: 'Storage.', source },
      timeout: { type: 'positiveFinite', defaultValue: '10s', doc: 'A duration.', source },
      enabled: { type: 'flag', defaultValue: true, doc: 'A switch.', source },
      ports: { type: { kind: 'map', value: { kind: 'ref', type: 'Port' } }, defaultValue: {}, doc: '', source },
      level: {
        type: {
          kind: 'enum',
          values: {
            INFO: { doc: '', displayName: 'INFO' },
            TRACE: { doc: '', displayName: 'TRACE', since: '3.6' },
          },
        },
        defaultValue: 'INFO',
        doc: '',
        source,
      },
      names: { type: { kind: 'list', element: 'text' }, defaultValue: [], doc: '', source },
      group: { type: { kind: 'ref', type: 'Group' }, optional: true, doc: '', source },
      unread: { type: { kind: 'ref', type: 'NobodyDescribedIt' }, optional: true, doc: '', source },
      newer: { type: 'text', optional: true, since: '3.6', doc: '', source },
    },
  },
};

/** The values that the binder reads from a text with a model. */
function bindAs(model: ObjectModel, text: string) {
  const uri = 'file:///a.conf';
  const tree = parse(uri, text);
  const sources = { get: () => tree, lookedFor: new Set([uri]) };
  const { root } = evaluate([{ uri }], sources, { variables: new Map(), closed: false });
  const reader = new Reader();
  const bound = reader.root(model, root.entries.get('canton') as ConfigEntry, root.unknowns);
  return { bound, failures: reader.failures.map(({ path, text: words }) => `${hoconPath(path)}: ${words}`) };
}

const bind = (text: string, version: CantonVersion = '3.5') =>
  bindAs(loadModel(DATA, { version, edition: 'community' }), text);

describe('model data', () => {
  it('binds values with their defaults and conversions', () => {
    const { bound, failures } = bind(
      'canton { admin-api.port = "5011", enabled = yes, ports.a.port = 1, group.inner.inner {} }',
    );
    assert.deepEqual(failures, []);
    assert.deepEqual(valueAt(bound, 'admin-api', 'port'), { kind: 'integer', value: 5011n });
    assert.equal(booleanAt(bound, 'enabled'), true);
    assert.equal(textAt(bound, 'storage', 'type'), 'memory');
    assert.equal(valueAt(bound, 'timeout')?.kind, 'duration');
    assert.deepEqual(valueAt(bound, 'ports', 'a', 'port'), { kind: 'integer', value: 1n });
    assert.equal(valueAt(bound, 'group', 'inner', 'inner')?.kind, 'object');
  });

  it('refuses in the words of the binder, whichever model describes the key', () => {
    const { failures } = bind(
      'canton { admin-api {}, timeout = fast, enabled = 1, level = TRACE, tiemout = 1s, newer = a }',
    );
    assert.deepEqual(failures, [
      "canton.admin-api.port: Key not found: 'port'.",
      'canton.timeout: Cannot convert `fast` to a positive finite duration: format error fast',
      'canton.enabled: Expected type BOOLEAN. Found NUMBER instead.',
      'canton.level: No valid coproduct option found for \'"TRACE"\'.',
      'canton.tiemout: Unknown key.',
      'canton.newer: Unknown key.',
    ]);
    assert.deepEqual(bind('canton { admin-api.port = 1, level = TRACE, newer = a }', '3.6').failures, []);
  });

  it('leaves open what is open, and does not know what Canton computes', () => {
    const { bound, failures } = bind(
      'canton { admin-api.port = 1, storage { type = postgres, config.anything = 1 }, unread { a = 1 } }',
    );
    assert.deepEqual(failures, []);
    assert.equal(textAt(bound, 'storage', 'max-connections'), UNKNOWN);
    assert.equal(valueAt(bound, 'unread')?.kind, 'raw');
  });

  it('stands beside the compiled crypto sections in one model', () => {
    const compiled = fieldModelOf('3.5', 'community');
    const loaded = loadModel(DATA, { version: '3.5', edition: 'community' });
    const both: ObjectModel = { ...compiled, fields: new Map([...loaded.fields, ...compiled.fields]) };
    const { bound, failures } = bindAs(
      both,
      'canton { admin-api.port = 0x, participants.p1.crypto { kms { type = aws }, private-key-store.encryption { type = kms, reverted = on } } }',
    );
    assert.deepEqual(failures, [
      'canton.admin-api.port: Expected type NUMBER. Found STRING instead.',
      "canton.participants.p1.crypto.kms.region: Key not found: 'region'.",
    ]);
    const encryption = ['participants', 'p1', 'crypto', 'private-key-store', 'encryption'];
    assert.equal(booleanAt(bound, ...encryption, 'reverted'), true);
  });
});
