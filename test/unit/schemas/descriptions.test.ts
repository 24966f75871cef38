import assert from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { type Descriptions, descriptions } from '../../../schemas/descriptions';
import type { Field, FieldModel } from '../../../schemas/model';
import { type Usage, usage } from '../../../schemas/usage';
import { CANTON_VERSIONS } from '../../../schemas/version';

/** A key of any version, by its section. */
interface KnownKey {
  readonly section: string;
  readonly name: string;
  /** Whether the schemas of the crypto sections describe it. */
  readonly isDescribed: boolean;
  readonly isRequired: boolean;
}

/** The type and the default already describe how many queries of a kind run at a time. */
const SECURITY =
  /tls|auth(?!or)|token|password|cert(?!ificate$)|private-key|secret|jwks|audience|scope|privileged|client-auth|^storage$|(?:^|-)port$|prun|^limits$|^max-(?!parallel-)|retention/;

async function allKeys(): Promise<ReadonlyMap<string, KnownKey>> {
  const keys = new Map<string, KnownKey>();
  const note = (section: string, { name, meta, required, optional }: Field) => {
    const known = keys.get(`${section}.${name}`);
    keys.set(`${section}.${name}`, {
      section,
      name,
      isDescribed: known?.isDescribed === true || meta.doc !== '',
      isRequired: known?.isRequired === true || (required && !optional),
    });
  };
  for (const version of CANTON_VERSIONS) {
    const seen = new Set<string>();
    const walk = (model: FieldModel, section: string, depth: number): void => {
      if (model.kind === 'map') walk(model.value, section, depth);
      if (model.kind === 'list') walk(model.element, section, depth);
      if (model.kind === 'union') for (const one of model.options.values()) walk(one, section, depth);
      if (model.kind !== 'object' || depth > 12) return;
      for (const field of model.fields.values()) {
        note(section, field);
        const id = `${section}.${field.name} ${field.meta.source}`;
        if (!seen.has(id)) walk(field.model, field.name, depth + 1);
        seen.add(id);
      }
    };
    walk(await configurationModel(version, 'community'), 'canton', 0);
  }
  return keys;
}

describe('the descriptions of keys', () => {
  let keys: ReadonlyMap<string, KnownKey>;
  let texts: Descriptions;
  let counts: Usage;
  before(async () => {
    keys = await allKeys();
    texts = await descriptions();
    counts = await usage();
  });

  const has = ({ section, name, isDescribed }: KnownKey) =>
    isDescribed || `${section}.${name}` in texts || name in texts;

  it('has every key that real configurations set', () => {
    const used = Object.entries(counts.keys).flatMap(([section, own]) =>
      Object.keys(own).map((name) => keys.get(`${section}.${name}`)),
    );
    const known = used.filter((one) => one !== undefined);
    assert.ok(known.length > 200, `${known.length} keys`);
    assert.deepEqual(
      known.filter((one) => !has(one)).map(({ section, name }) => `${section}.${name}`),
      [],
    );
  });

  it('has every key that must be set', () => {
    const required = [...keys].filter(([, one]) => one.isRequired);
    assert.ok(required.length > 100, `${required.length} keys`);
    assert.deepEqual(
      required.filter(([, one]) => !has(one)).map(([id]) => id),
      [],
    );
  });

  it('has what is about security, storage, ports, pruning and limits', () => {
    const relevant = [...keys].filter(([, { name }]) => SECURITY.test(name));
    const open = relevant.filter(([, one]) => !has(one)).map(([id]) => id);
    assert.ok(relevant.length > 250, `${relevant.length} keys`);
    assert.deepEqual(open, []);
  });

  it('has no text for a key that does not exist, and none twice', () => {
    const names = new Set([...keys.values()].map(({ name }) => name));
    assert.deepEqual(
      Object.keys(texts).filter(
        (id) => !keys.has(id) && !names.has(id) && !keys.has(`canton.${id.replace(/\.NAME$/, '')}`),
      ),
      [],
    );
    const same = Object.entries(texts).filter(([id, text]) => {
      const general = texts[id.slice(id.indexOf('.') + 1)];
      return id.includes('.') && general === text;
    });
    assert.deepEqual(same, []);
  });

  it('says more than the name does, on two lines at most', () => {
    for (const [id, text] of Object.entries(texts)) {
      const own = new Set(id.split(/[.-]/));
      const others = (text.toLowerCase().match(/[a-z]{2,}/g) ?? []).filter((word) => !own.has(word.replace(/s$/, '')));
      assert.ok(others.length >= 6, `${id}: ${text}`);
      assert.ok(text.length <= 260, `${id} has ${text.length} characters`);
      assert.match(text, /[.`]$/, id);
    }
  });
});
