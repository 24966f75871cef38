import { deepEqual, equal, ok } from 'node:assert/strict';
import { fieldModelOf } from '../../../schemas/compile';
import type { Field, FieldModel } from '../../../schemas/model';
import {
  CANTON_VERSIONS,
  type CantonVersion,
  DEFAULT_CANTON_VERSION,
  EDITIONS,
  isReleased,
} from '../../../schemas/version';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { Reader } from '../../../server/src/model/binding/read';

/** Every field of a model once, with the path that leads there. */
function* fieldsIn(model: FieldModel, path: string): Generator<{ readonly path: string; readonly field: Field }> {
  if (model.kind === 'map') yield* fieldsIn(model.value, `${path}.NAME`);
  if (model.kind === 'union') for (const [type, option] of model.options) yield* fieldsIn(option, `${path}[${type}]`);
  if (model.kind !== 'object') return;
  for (const [name, field] of model.fields) {
    yield { path: `${path}.${name}`, field };
    yield* fieldsIn(field.model, `${path}.${name}`);
  }
}

const targets = CANTON_VERSIONS.flatMap((version) => EDITIONS.map((edition) => ({ version, edition })));

/** Canton's message for a text as a value. */
function refusal(field: Field, text: string): string | undefined {
  const tree = parse('file:///a.conf', `key = ${text}`);
  const sources = { get: () => tree, lookedFor: new Set<string>() };
  const { root, problems } = evaluate([{ uri: tree.uri }], sources, { variables: new Map(), closed: true });
  if (problems.length > 0) return problems[0]?.message;
  const reader = new Reader();
  const only = new Map([['key', { ...field, name: 'key' }]]);
  const entry = { value: root, definitions: [] };
  reader.root({ kind: 'object', fields: only, foreign: new Map(), open: false }, entry, []);
  return reader.failures[0]?.text;
}

describe('the schemas', () => {
  for (const { version, edition } of targets) {
    it(`describe every key of ${version} ${edition}, with examples and defaults that Canton accepts`, () => {
      const model = fieldModelOf(version, edition);
      let count = 0;
      for (const { path, field } of fieldsIn(model, 'canton')) {
        count++;
        ok(/[.)]$/.test(field.meta.doc), `${path}: ${field.meta.doc}`);
        ok(field.meta.source.length > 0, path);
        for (const text of [field.meta.example, field.meta.default]) {
          if (text !== undefined) equal(refusal(field, text), undefined, `${path} = ${text}`);
        }
        ok(!(field.required && field.defaultValue !== undefined), `${path} is required and has a default`);
      }
      ok(count > 50);
    });
  }

  it('are projected once', () => equal(fieldModelOf('3.5', 'enterprise'), fieldModelOf('3.5', 'enterprise')));

  const session: readonly (readonly [version: CantonVersion, path: string])[] = [
    ['3.3', 'canton.participants.NAME.parameters.session-signing-keys'],
    ['3.4', 'canton.participants.NAME.crypto.kms[aws].session-signing-keys'],
    ['3.5', 'canton.participants.NAME.crypto.session-signing-keys'],
  ];
  for (const [version, place] of session) {
    it(`have the session signing keys of ${version} in their place, with the keys of that version`, () => {
      const fields = [...fieldsIn(fieldModelOf(version, 'enterprise'), 'canton')];
      ok(fields.some(({ path }) => path === place));
      const keys = fields.filter(({ path }) => path.startsWith(`${place}.`)).map(({ field }) => field.name);
      const added = ['tolerance-shift-duration', 'disable-bound-checks'];
      deepEqual(
        added.map((name) => keys.includes(name)),
        version === '3.5' ? [true, true] : [false, false],
      );
    });
  }

  it('lead from every key of a crypto section to the manual of its version', () => {
    for (const { version, edition } of targets) {
      for (const { path, field } of fieldsIn(fieldModelOf(version, edition), 'canton')) {
        if (!/\.crypto\.(?!parallelism|enable-experimental)/.test(path)) continue;
        const manual =
          version === '2.10'
            ? 'docs.daml.com/canton/'
            : `operate/${isReleased(version) ? version : DEFAULT_CANTON_VERSION}/`;
        ok(field.meta.link?.includes(manual), `${version} ${path}: ${field.meta.link}`);
      }
    }
    const links = new Map(
      [...fieldsIn(fieldModelOf('3.4', 'enterprise'), 'canton')].map(({ path, field }) => [path, field.meta.link]),
    );
    ok(links.get('canton.participants.NAME.crypto.kms[gcp].location-id')?.endsWith('/kms_gcp_config.html'));
    ok(
      links
        .get('canton.participants.NAME.crypto.private-key-store.encryption')
        ?.endsWith('/encrypted_key_storage.html'),
    );
  });

  it('know the enumerations of each version', () => {
    const spellings = (version: CantonVersion) => {
      const all = [...fieldsIn(fieldModelOf(version, 'enterprise'), 'canton')];
      const found = all.find(({ path }) => path.endsWith('participants.NAME.crypto.encryption.algorithms.default'));
      return found?.field.model.kind === 'enum' ? [...found.field.model.values.keys()] : undefined;
    };
    deepEqual(spellings('3.3')?.length, 3);
    deepEqual(spellings('3.4'), ['ecies-hkdf-hmac-sha-256-aes-128-cbc', 'rsa-oaep-sha-256']);
    deepEqual(spellings('2.10'), undefined);
  });
});
