import { deepEqual, equal, ok } from 'node:assert/strict';
import { fieldModelOf } from '../../../schemas/compile';
import { configurationData, configurationModel, defaultOf, keyVersions } from '../../../schemas/configuration';
import written from '../../../schemas/data/configuration/key-versions.json';
import { type Repair, repair } from '../../../schemas/data/configuration/repairs';
import type { FieldModel, ObjectModel } from '../../../schemas/model';
import { CANTON_VERSIONS, type CantonVersion } from '../../../schemas/version';

/** The field model at a path of keys, `*` for any name. */
function modelAt(model: FieldModel, ...path: readonly string[]): FieldModel | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return model;
  if (model.kind === 'map') return modelAt(model.value, ...rest);
  if (model.kind === 'list') return modelAt(model.element, ...path);
  const option = model.kind === 'union' ? model.options.get(key) : undefined;
  if (option !== undefined) return modelAt(option, ...rest);
  const field = model.kind === 'object' ? model.fields.get(key) : undefined;
  return field && modelAt(field.model, ...rest);
}

describe('the model of the whole configuration', () => {
  for (const version of CANTON_VERSIONS) {
    it(`has no repair that does not apply to ${version}`, async () => {
      const unused: Repair[] = [];
      repair(await configurationData(version), { version, edition: 'community' }, (one) => unused.push(one));
      deepEqual(
        unused.map(({ origin }) => origin),
        [],
      );
    });

    it(`knows every key of ${version} that the crypto sections know`, async () => {
      const whole = await configurationModel(version, 'community');
      const missing = [...missingIn(fieldModelOf(version, 'community'), whole, 'canton')];
      deepEqual(missing, []);
    });
  }

  it('knows which versions read a key', async () => deepEqual(await keyVersions(), written));

  it('describes what has nothing to do with a KMS', async () => {
    const model = await configurationModel('3.5', 'community');
    const port = modelAt(model, 'participants', '*', 'ledger-api', 'port');
    equal(
      port?.kind === 'int' && port.check(70000n)?.text,
      'Unable to create Port as value 70000 was given, but only values between 0 and 65535 are allowed',
    );
    const storage = modelAt(model, 'participants', '*', 'storage');
    deepEqual(storage?.kind === 'union' && [...storage.options.keys()].sort(), ['h2', 'memory', 'postgres']);
    const parameters = modelAt(model, 'participants', '*', 'storage', 'postgres', 'parameters');
    ok(parameters?.kind === 'object' && parameters.ignoresUnknown);
  });

  it('keeps its own description where both have one', async () => {
    const model = await configurationModel('3.5', 'community');
    const crypto = modelAt(model, 'participants', '*', 'crypto') as ObjectModel;
    ok(!crypto.open);
    ok(crypto.fields.get('kms')?.meta.doc !== '');
  });

  it('leaves open what only the enterprise edition of 2.x knows', async () => {
    const open = async (version: CantonVersion, edition: 'community' | 'enterprise') =>
      (modelAt(await configurationModel(version, edition), 'participants', '*') as ObjectModel).open;
    deepEqual([await open('2.10', 'enterprise'), await open('2.10', 'community')], [true, false]);
    equal(await open('3.5', 'enterprise'), false);
  });

  it('reads literal defaults as values, and keeps the words of the others', () => {
    deepEqual(defaultOf('NonNegativeFiniteDuration.ofSeconds(30L)'), { defaultValue: '30s' });
    deepEqual(defaultOf('Some(PositiveInt.tryCreate(10_000))'), { defaultValue: 10000 });
    deepEqual(defaultOf('"0.0.0.0"'), { defaultValue: '0.0.0.0' });
    deepEqual(defaultOf('()'), { defaultValue: {} });
    deepEqual(defaultOf('RetryConfig.forever'), { computed: true, default: 'RetryConfig.forever' });
  });
});

/** Keys of the first model that are not in the second. */
function* missingIn(ours: FieldModel, all: FieldModel | undefined, path: string): Generator<string> {
  if (all === undefined) yield path;
  else if (ours.kind === 'map' && all.kind === 'map') yield* missingIn(ours.value, all.value, `${path}.*`);
  else if (ours.kind === 'object' && all.kind === 'object')
    for (const [name, field] of ours.fields)
      yield* missingIn(field.model, all.fields.get(name)?.model, `${path}.${name}`);
  else if (ours.kind === 'union' && all.kind === 'union')
    for (const [name, option] of ours.options) yield* missingIn(option, all.options.get(name), `${path}<${name}>`);
}
