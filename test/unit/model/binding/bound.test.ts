import { deepEqual, equal } from 'node:assert/strict';
import type { ObjectModel } from '../../../../schemas/model';
import type { ConfigValue, Unknown } from '../../../../server/src/hocon/values/config-value';
import {
  type Bound,
  booleanAt,
  boundAt,
  isPresent,
  nanosAt,
  textAt,
  textsAt,
  UNKNOWN,
  valueAt,
} from '../../../../server/src/model/binding/bound';
import { CoverageLog } from '../../../../server/src/model/binding/coverage';
import { configOf } from '../../../../server/src/model/binding/cursor';
import { Reader } from '../../../../server/src/model/binding/read';
import { readNodes } from '../../../../server/src/model/facts/view';
import { launch, open } from '../../hocon/launch';
import { oneOf, section, TEXT } from '../models';

async function sectionOf(crypto: string): Promise<Bound> {
  const text = `canton.participants.p1.crypto { ${crypto} }`;
  const { root } = await launch({ 'a.conf': text }, { environment: open() });
  return readNodes(root, '3.5', 'enterprise')[0]?.section as Bound;
}

const KMS = 'kms { type = aws, region = r, multi-region-key = on, endpoint-override = null';
const RETRIES = 'retries.failures { initial-delay = 1s, max-delay = Inf, max-retries = 1 }';

describe('a value of a section', () => {
  it('is a text, true or false, a duration or a list as Canton reads it', async () => {
    const bound = await sectionOf(
      `provider = kms, ${KMS}, ${RETRIES} }, signing.keys.allowed = [ec-p-384, ec-p-256, ec-p-384]`,
    );
    equal(textAt(bound, 'provider'), 'kms');
    equal(booleanAt(bound, 'kms', 'multi-region-key'), true);
    equal(booleanAt(bound, 'kms', 'audit-logging'), false);
    equal(nanosAt(bound, 'kms', 'retries', 'failures', 'initial-delay'), 1_000_000_000n);
    deepEqual(textsAt(bound, 'signing', 'keys', 'allowed'), ['ec-p-384', 'ec-p-256']);
    equal(boundAt(bound, 'kms', 'region')?.path.join('.'), 'canton.participants.p1.crypto.kms.region');
    equal(isPresent(bound, 'kms'), true);
  });

  it('is undefined where there is none, or one of another type', async () => {
    const bound = await sectionOf(`${KMS}, ${RETRIES} }`);
    deepEqual(
      [
        textAt(bound, 'kms', 'endpoint-override'),
        textAt(bound, 'kms', 'multi-region-key'),
        textAt(bound, 'kms', 'region', 'deeper'),
        booleanAt(bound, 'kms', 'region'),
        nanosAt(bound, 'kms', 'region'),
        nanosAt(bound, 'kms', 'retries', 'failures', 'max-delay'),
        textsAt(bound, 'kms', 'region'),
        textsAt(bound, 'signing', 'keys', 'allowed'),
        boundAt(bound, 'kms', 'region', 'deeper'),
        boundAt(bound, 'nothing', 'deeper'),
        valueAt(bound, 'kms', 'endpoint-override'),
      ],
      Array.from({ length: 11 }, () => undefined),
    );
    deepEqual([isPresent(bound, 'kms', 'endpoint-override'), isPresent(bound, 'kms')], [false, true]);
    equal(isPresent(await sectionOf(''), 'kms'), false);
  });

  it('is unknown where it comes from outside, and so are those inside', async () => {
    const bound = await sectionOf('provider = ${P}, kms = ${K}, signing.keys.allowed = [${A}, ec-p-256]');
    deepEqual(
      [
        textAt(bound, 'provider'),
        booleanAt(bound, 'kms', 'multi-region-key'),
        nanosAt(bound, 'kms', 'retries', 'failures', 'initial-delay'),
        textsAt(bound, 'kms', 'region'),
        textsAt(bound, 'signing', 'keys', 'allowed'),
        isPresent(bound, 'kms'),
        isPresent(bound, 'kms', 'region'),
      ],
      Array.from({ length: 7 }, () => UNKNOWN),
    );
    equal(boundAt(bound, 'kms', 'region'), undefined);
  });
});

describe('the values that were checked', () => {
  const at = { uri: 'file:///a.conf', range: { start: 0, end: 0 } };
  const value = (plain: Parameters<typeof configOf>[0]) => configOf(plain, at);
  const counts = (log: CoverageLog, root: ConfigValue) => {
    const { checked, unknown, notLookedAt } = log.of(root);
    return [checked, unknown, notLookedAt];
  };
  const inside = (object: ConfigValue, key: string) =>
    (object.kind === 'object' ? object.entries.get(key)?.value : undefined) as ConfigValue;
  const because = (cause: Unknown['cause'], subject: string): Unknown => ({ cause, subject, location: at });
  const RAW = { ...TEXT, kind: 'raw' } as const;

  it('are counted one by one, with lists and empty sections', () => {
    const log = new CoverageLog();
    const root = value({ a: 'x', b: { c: 1, d: ['y', 'z'] }, e: {} });
    deepEqual(counts(log, root), [0, 0, 4]);
    log.noteChecked(inside(root, 'a'), TEXT);
    log.noteChecked(inside(root, 'e'), section({}));
    deepEqual(counts(log, root), [2, 0, 2]);
    deepEqual([log.has(inside(root, 'a')), log.has(inside(root, 'b'))], [true, false]);
  });

  it('are none that is read unchanged', () => {
    const log = new CoverageLog();
    const root = value({ a: 'x', b: ['y'], c: ['z'] });
    log.noteChecked(inside(root, 'a'), RAW);
    log.noteChecked(inside(root, 'b'), { kind: 'list', element: RAW, nonEmpty: false });
    log.noteChecked(inside(root, 'c'), { kind: 'list', element: TEXT, nonEmpty: false });
    deepEqual(
      ['a', 'b', 'c'].map((key) => log.has(inside(root, key))),
      [false, false, true],
    );
  });

  it('are all those below a key that is refused', () => {
    const log = new CoverageLog();
    const root = value({ a: { b: 1, c: { d: 2 } }, e: 3 });
    log.noteRefused(inside(root, 'a'));
    deepEqual(counts(log, root), [2, 0, 1]);
  });

  it('are apart from those that another value may replace, unless these were checked', () => {
    const log = new CoverageLog();
    const root = value({ a: { b: 1, c: 2 }, d: 3 });
    log.noteChecked(inside(inside(root, 'a'), 'b'), TEXT);
    log.noteUnknown(inside(root, 'a'), [because('include', 'x.conf')]);
    deepEqual(counts(log, root), [1, 1, 1]);
  });

  it('name what would provide the others once, in the order of the configuration', () => {
    const log = new CoverageLog();
    const open: ConfigValue = { kind: 'unknown', reason: because('environment', 'HOME'), origin: at };
    const root = value({ a: 1, b: 2, c: 3 });
    log.noteUnknown(inside(root, 'a'), [because('url', 'https:{{ a }}'), because('problem', 'hocon/x')]);
    log.noteUnknown(inside(root, 'b'), [because('elsewhere', 'e'), because('rest', 'r'), because('include', 'i')]);
    log.noteUnknown(inside(root, 'c'), [because('url', 'https://x'), because('include', 'i')]);
    deepEqual(log.of(root), { checked: 0, unknown: 3, notLookedAt: 0, missing: ['{{ a }}', 'e', 'i', 'https://x'] });
    deepEqual(log.of(open), { checked: 0, unknown: 1, notLookedAt: 0, missing: ['HOME'] });
  });

  const readAll = async (text: string, model: ObjectModel) => {
    const { root, entry } = await launch({ 'a.conf': `c { ${text} }` }, { environment: open() });
    const log = new CoverageLog();
    new Reader(undefined, log).root(model, entry('c'), []);
    return [...counts(log, root), ...log.of(root).missing];
  };

  it('are those of unknown keys only where Canton refuses these', async () => {
    deepEqual(await readAll('other = 1', section({}, { open: false })), [1, 0, 0]);
    deepEqual(await readAll('other = 1', section({}, { open: false, ignoresUnknown: true })), [0, 0, 1]);
    deepEqual(await readAll('other = 1', section({})), [0, 0, 1]);
    const foreign = new Map([['other', { doc: '', source: '' }]]);
    deepEqual(await readAll('other = 1', section({}, { foreign })), [1, 0, 0]);
    deepEqual(await readAll('other = 1', section({}, { foreign, ignoresUnknown: true })), [0, 0, 1]);
  });

  it('are those that every type of a section reads the same while its type is not known', async () => {
    const FLAG = { ...TEXT, kind: 'boolean' } as const;
    const options = { a: { own: FLAG, more: FLAG, both: FLAG }, b: { both: TEXT } };
    deepEqual(await readAll('s { type = ${T}, own = on, more = on, both = on }', section({ s: oneOf(options) })), [
      2,
      2,
      0,
      'T',
    ]);
    deepEqual(await readAll('s { own = on, include "x" }', section({ s: oneOf(options) })), [0, 1, 0, 'x']);
    deepEqual(await readAll('s { type = a, own = on, include "x" }', section({ s: oneOf(options) })), [0, 2, 0, 'x']);
    deepEqual(await readAll('s { type = ${T}, own = on }', section({ s: oneOf(options, {}) })), [0, 2, 0, 'T']);
  });

  it('are those that the reader of Canton was applied to', async () => {
    const { root } = await launch(
      { 'a.conf': 'a { text = 1, refused = 2, none = null, unknown = ${X} }' },
      { environment: open() },
    );
    const log = new CoverageLog();
    const entry = root.entries.get('a');
    const model = section({ text: '', unknown: '' }, { open: false });
    const none = { name: 'none', model: TEXT, required: false, optional: true, meta: { doc: '', source: '' } };
    if (entry !== undefined)
      new Reader(undefined, log).root({ ...model, fields: new Map([...model.fields, ['none', none]]) }, entry, []);
    deepEqual(log.of(root), { checked: 3, unknown: 1, notLookedAt: 0, missing: ['X'] });
  });
});
