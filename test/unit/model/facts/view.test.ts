import { deepEqual, equal } from 'node:assert/strict';
import type { FieldModel, ObjectModel } from '../../../../schemas/model';
import { UNKNOWN } from '../../../../server/src/model/binding/bound';
import { CoverageLog } from '../../../../server/src/model/binding/coverage';
import type { Failure } from '../../../../server/src/model/binding/failure';
import { findNodes, nodeIdAt, objectAt, unknownNode } from '../../../../server/src/model/facts/nodes';
import {
  isInList,
  mayStandElsewhere,
  readCanton,
  readForCoverage,
  readNodes,
} from '../../../../server/src/model/facts/view';
import { launch, open } from '../../hocon/launch';
import { oneOf, section, TEXT } from '../models';

const CLOSED = { open: false } as const;
const FLAG: FieldModel = { ...TEXT, kind: 'boolean' };
const map = (value: FieldModel): FieldModel => ({ kind: 'map', value, checkKey: () => undefined });
const NODE = section(
  {
    crypto: section(
      { kms: oneOf({ aws: { 'region!': '' } }), 'session-signing-keys': section({ enabled: FLAG }, CLOSED) },
      CLOSED,
    ),
    storage: section({ 'config!': '', 'size!': '', config2: '' }, CLOSED),
    'admin-api': section({ port: '' }, CLOSED),
  },
  CLOSED,
);
const PARAMETERS = section({ 'non-standard-config': FLAG, 'fail-on-unknown-config-keys': FLAG }, CLOSED);
const APPS = section({ 'validator-apps': map(section({ 'enable-wallet': FLAG, number: { ...TEXT, kind: 'int' } })) });
const MODEL: ObjectModel = section(
  {
    participants: map(NODE),
    sequencers: map(NODE),
    'remote-participants': map(section({ 'admin-api': section({ port: '' }, CLOSED) }, CLOSED)),
    parameters: PARAMETERS,
    monitoring: section({ 'log-slow-futures': '' }, CLOSED),
  },
  { ...CLOSED, apps: APPS },
);

const rootOf = async (text: string) => (await launch({ 'a.conf': text }, { environment: open() })).root;
const names = (found: readonly { readonly path: readonly string[] }[]) =>
  found.map(({ path }) => path.slice(1).join('.'));

async function view(canton: string, { isWhole = false, isSplice = false, version = '3.5' as '3.4' | '3.5' } = {}) {
  const root = await rootOf(`canton { ${canton} }`);
  return readCanton(root, version, 'enterprise', isWhole, undefined, MODEL, isSplice);
}

describe('a launch set as Canton reads it', () => {
  it('has nothing where there is no canton', async () => {
    const { root, failures, nodes, nonStandard, isFragment, coverage } = readCanton(
      await rootOf('a = 1'),
      '3.5',
      'enterprise',
    );
    deepEqual([root, failures, nodes, nonStandard, isFragment, coverage], [undefined, [], [], false, true, undefined]);
    deepEqual(readNodes(await rootOf('a = 1'), '3.5', 'enterprise'), []);
    deepEqual(readForCoverage(await rootOf('a = 1'), '3.5', MODEL), new CoverageLog());
  });

  it('is for production unless it is allowed not to be', async () => {
    const of = async (text: string, model?: ObjectModel) =>
      readCanton(await rootOf(`canton.parameters { ${text} }`), '3.5', 'enterprise', false, undefined, model)
        .nonStandard;
    deepEqual(
      [await of(''), await of('non-standard-config = yes'), await of('non-standard-config = no')],
      [false, true, false],
    );
    equal(await of('', section({})), false);
    equal(await of('non-standard-config = ${X}'), UNKNOWN);
  });

  it('has no unknown keys only where Canton is told to ignore them', async () => {
    const of = async (parameters: string) => {
      const { failures, dropped } = await view(
        `parameters { ${parameters} }, participants.p1 { a = 1, storage = 5 }, b {}`,
      );
      return [names(failures), names(dropped)];
    };
    const unknown = ['participants.p1.a', 'b'];
    const wrong = 'participants.p1.storage';
    const refused = [wrong, 'participants.p1.a', 'b'];
    deepEqual(await of('non-standard-config = yes, fail-on-unknown-config-keys = no'), [[wrong], unknown]);
    deepEqual(await of('non-standard-config = yes, fail-on-unknown-config-keys = yes'), [refused, []]);
    deepEqual(await of('non-standard-config = yes'), [refused, []]);
    deepEqual(await of('fail-on-unknown-config-keys = no'), [refused, []]);
    const only = await view('parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }, b {}');
    deepEqual([names(only.failures), names(only.dropped)], [[], ['b']]);
    const ignored = await view('parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }');
    deepEqual(names(ignored.dropped), []);
  });

  it('keeps what is beside and below an unknown key that is ignored', async () => {
    const switches = 'parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }';
    const { failures, dropped } = await view(
      `${switches}, participants { p1 { a = 1, b.c = 2, storage { d = 1, size = [] } }, p2.storage.size = [] }`,
    );
    deepEqual(names(failures), [
      'participants.p1.storage.config',
      'participants.p1.storage.size',
      'participants.p2.storage.config',
      'participants.p2.storage.size',
    ]);
    deepEqual(names(dropped), ['participants.p1.storage.d', 'participants.p1.a', 'participants.p1.b']);
  });

  it('has session signing keys at the place of 3.5 since 3.5', async () => {
    const text = 'participants.p1.crypto.kms { type = aws, region = r, session-signing-keys.enabled = maybe }';
    deepEqual(names((await view(text)).failures), ['participants.p1.crypto.session-signing-keys.enabled']);
    deepEqual(names((await view(text, { version: '3.4' })).failures), []);
    deepEqual(names((await view('participants = 5, sequencers { s1 = 6, s2.crypto = 7 }')).failures), [
      'participants',
      'sequencers.s1',
      'sequencers.s2.crypto',
    ]);
    deepEqual(names(readCanton(await rootOf('canton = 5'), '3.5', 'enterprise', true, undefined, MODEL).failures), [
      '',
    ]);
  });

  it('counts the values that were checked, unless nodes are known to have no faults', async () => {
    const root = await rootOf('canton { participants.p1.storage.size = 1, other = 2 }, x = 3');
    const counts = { checked: 2, unknown: 0, notLookedAt: 1, missing: [] };
    deepEqual(readCanton(root, '3.5', 'enterprise', false, undefined, MODEL).coverage?.of(root), counts);
    deepEqual(readForCoverage(root, '3.5', MODEL).of(root), counts);
    equal(readCanton(root, '3.5', 'enterprise', false, () => false, MODEL).coverage, undefined);
  });
});

describe('a node that is read', () => {
  const nodes = async (canton: string, isClean?: (kind: string, name: string) => boolean) => {
    const root = await rootOf(`canton { ${canton} }`);
    return readCanton(root, '3.5', 'enterprise', true, isClean, MODEL).nodes.map(
      ({ id, isReadable, isValidated, label }) =>
        `${id} ${label}${isReadable ? ' readable' : ''}${isValidated ? ' validated' : ''}`,
    );
  };

  it('is readable without failures in it, and validated unless a later one has its name', async () => {
    deepEqual(await nodes('participants { p1 {}, p2.storage = 5, x {} }, sequencers { s1 {}, x {} }'), [
      'participants.p1 participant readable validated',
      'participants.p2 participant validated',
      'participants.x participant readable',
      'sequencers.s1 sequencer readable validated',
      'sequencers.x sequencer readable validated',
    ]);
    deepEqual(await nodes('participants { p1 {}, p2 = 5 }, mediators.m1 {}, other = 5'), [
      'participants.p1 participant readable validated',
    ]);
  });

  it('is there without being read where it is known to have no faults', async () => {
    deepEqual(
      await nodes(
        'participants { p1 { storage = 5, other = 1 }, p2 {} }',
        (kind, name) => kind === 'participants' && name === 'p1',
      ),
      ['participants.p1 participant readable validated', 'participants.p2 participant readable validated'],
    );
  });

  it('is none where the version reads no crypto section of it', async () => {
    const root = await rootOf('canton { participants.p1 {}, sequencers.s1 {} }');
    const model = section({ participants: map(NODE), sequencers: map(section({})) });
    deepEqual(
      readCanton(root, '3.5', 'enterprise', true, undefined, model).nodes.map(({ id }) => id),
      ['participants.p1'],
    );
  });

  it('is read on demand, without reports, also where the version has none', async () => {
    const root = await rootOf('canton { participants.p1.crypto.kms.type = aws, domains.d1 {}, sequencers.s1 = 5 }');
    deepEqual(
      readNodes(root, '3.5', 'enterprise').map(({ id, bound, section, path, mode }) => [
        id,
        bound.value.kind,
        section.path.join('.'),
        path.join('.'),
        mode,
      ]),
      [
        ['participants.p1', 'object', 'canton.participants.p1.crypto', 'canton.participants.p1', 'none'],
        ['domains.d1', 'unknown', 'canton.domains.d1.crypto', 'canton.domains.d1', 'none'],
      ],
    );
  });
});

describe('a part of a launch set', () => {
  const cases: readonly (readonly [canton: string, isFragment: boolean])[] = [
    ['participants.p1.admin-api {}', false],
    ['participants { p1 {}, p2.admin-api {} }', false],
    ['participants { p1.storage {} }', true],
    ['participants.p1.public-api {}', true],
    ['participants.p1 {}, remote-participants.r.admin-api {}', true],
    ['remote-participants.r.admin-api {}', false],
    ['remote-sequencers { r1 {}, r.public-api {} }', false],
    ['remote-participants { r = 5, s = [] }', true],
    ['remote-participants = 5', true],
    ['others.r.admin-api {}', true],
    ['', true],
  ];
  for (const [canton, isFragment] of cases) {
    it(`is ${isFragment ? '' : 'not '}one with ${canton || 'nothing'}`, async () => {
      equal((await view(canton)).isFragment, isFragment);
      equal((await view(canton, { isWhole: true })).isFragment, false);
    });
  }

  it('may have keys in another file: all outside crypto, and the connection of a database', () => {
    const may = (path: string, isWhole: boolean, isFragment: boolean, kind = 'missing-key') => {
      const names = path.split('.');
      return mayStandElsewhere(
        { kind, path: ['canton', ...names], field: { name: names.at(-1) } } as unknown as Failure,
        { isWhole, isFragment },
      );
    };
    const paths = [
      'participants.p1.storage.config',
      'participants.p1.storage.type',
      'participants.p1.storage.other',
      'participants.p1.crypto.kms.type',
      'participants.p1.crypto.kms.region',
      'participants.p1.crypto.kms.config',
      'participants.p1.other.config',
      'participants.p1.list.0.storage.config',
    ];
    const none = Array.from(paths, () => false);
    deepEqual(
      paths.map((path) => may(path, false, true)),
      [true, true, true, true, false, false, true, false],
    );
    deepEqual(
      paths.map((path) => may(path, false, false)),
      [true, ...none.slice(1)],
    );
    deepEqual(
      paths.map((path) => may(path, true, false)),
      none,
    );
    deepEqual(
      paths.map((path) => may(path, false, true, 'wrong-type')),
      none,
    );
    const inList = { kind: 'missing-key', path: ['canton', 'a', 'b', 'c', '0'], field: {}, unless: 'path' };
    equal(mayStandElsewhere(inList as unknown as Failure, { isWhole: true, isFragment: false }), true);
  });

  it('may add nothing to an element of a list', () => {
    const paths = [
      'canton.participants.p1.a.0.b',
      'canton.participants.p1.a',
      'canton.participants.0.a',
      'canton.1.p.a',
    ];
    deepEqual(
      paths.map((path) => isInList(path.split('.'))),
      [true, false, false, false],
    );
  });

  it('is what a configuration is taken for', async () => {
    const root = await rootOf('canton { participants.p1 { storage.config = a }, monitoring.other = 1 }');
    const { isFragment, nodes, failures } = readCanton(root, '3.5', 'enterprise', undefined, undefined, MODEL);
    deepEqual(
      [isFragment, nodes[0]?.isReadable, names(failures)],
      [true, true, ['participants.p1.storage.size', 'monitoring.other']],
    );
  });

  it('leaves a node readable whose keys may be in another file', async () => {
    const readable = async (text: string, isWhole = false) =>
      (await view(`participants.p1 { ${text} }`, { isWhole })).nodes[0]?.isReadable;
    equal(await readable('storage.config = a'), true);
    equal(await readable('storage.config = a', true), false);
    equal(await readable('storage.size = a, admin-api {}'), true);
    equal(await readable('storage.size = a, admin-api {}', true), false);
    equal(await readable('crypto.kms.type = aws'), false);
  });
});

describe('a configuration of the applications of Splice', () => {
  const found = async (canton: string, isSplice = false) => {
    const { failures, suspects, doubtful } = await view(canton, { isSplice });
    return [names(failures), names(suspects), names(doubtful.map(({ failure }) => failure))];
  };
  const APP = 'validator-apps.v.other = 1';

  it('may have keys of its own in shared sections, which count as misspelled at most', async () => {
    const shared = 'monitoring { log-slow-futurs = 1, other = 2 }';
    const both = ['monitoring.log-slow-futurs', 'monitoring.other'];
    deepEqual(await found(`${APP}, ${shared}`), [[], ['monitoring.log-slow-futurs'], []]);
    deepEqual(await found(`validator-apps {}, sv-apps {}, ${shared}`), [[], ['monitoring.log-slow-futurs'], []]);
    deepEqual(await found(shared), [both, [], []]);
    deepEqual(await found(shared, true), [[], ['monitoring.log-slow-futurs'], []]);
    deepEqual(await found(`${APP}, participants {}, ${shared}`), [both, [], []]);
    deepEqual(await found(`${APP}, others {}`), [['others'], [], []]);
    deepEqual(await found('participants.p1.others {}', true), [['participants.p1.others'], [], []]);
    deepEqual(await found('monitoring = 5', true), [['monitoring'], [], []]);
  });

  it('has probable mistakes in the sections that they read, and no certain ones', async () => {
    deepEqual(await found('validator-apps.v { enable-walet = on, enable-wallet = maybe, number = 1.5 }'), [
      [],
      ['validator-apps.v.enable-walet'],
      ['validator-apps.v.enable-wallet', 'validator-apps.v.number'],
    ]);
    deepEqual(await found('validator-apps.v.enable-wallet = maybe, participants.p1 {}'), [
      [],
      [],
      ['validator-apps.v.enable-wallet'],
    ]);
  });

  it('lack values that their sections require, where the application itself is whole', async () => {
    const client = section({ 'url!': '', 'type!': '', 'tls!': {} });
    const app = section({ 'name!': '', client });
    const model = section({}, { apps: section({ 'sv-apps': map(app) }) });
    const missing = async (text: string) => {
      const { failures } = readCanton(
        await rootOf(`canton.sv-apps { ${text} }`),
        '3.5',
        'enterprise',
        true,
        undefined,
        model,
      );
      return failures.map(
        (one) => `${one.path.slice(2).join('.')} ${one.kind === 'missing-key' ? one.unless : one.kind}`,
      );
    };
    deepEqual(await missing('sv { name = a, client {} }'), ['sv.client.url release']);
    deepEqual(await missing('sv { client {} }'), []);
    deepEqual(await missing('sv { client {} }, other { name = a, client {} }'), ['other.client.url release']);
    deepEqual(await missing('sv { name = [], client.url = a }'), []);
  });

  it('are read nowhere without a model of them', async () => {
    const { apps: _, ...model } = MODEL;
    const root = await rootOf('canton.validator-apps.v.enable-wallet = maybe');
    const { failures, doubtful } = readCanton(root, '3.5', 'enterprise', true, undefined, model);
    deepEqual([failures, doubtful], [[], []]);
  });
});

describe('the nodes of a configuration', () => {
  it('are those of the paths in them', () => {
    const ids = [
      'canton.participants.p1',
      'canton.mediators.m1.a.b',
      'canton.participants',
      'canton.others.p1',
      'x.participants.p1',
    ];
    deepEqual(
      ids.map((path) => nodeIdAt(path.split('.'))),
      ['participants.p1', 'mediators.m1', undefined, undefined, undefined],
    );
  });

  it('are the objects in the sections of nodes, with their crypto section', async () => {
    const root = await rootOf(
      'canton { sequencers.s1.crypto = 5, participants { p1.crypto.a = 1, p2 = 5 }, others.o {} }',
    );
    deepEqual(
      findNodes(root).map(({ id, kind, name, path, crypto }) => [id, kind, name, path.join('.'), crypto?.kind]),
      [
        ['participants.p1', 'participants', 'p1', 'canton.participants.p1', 'object'],
        ['sequencers.s1', 'sequencers', 's1', 'canton.sequencers.s1', undefined],
      ],
    );
    deepEqual(findNodes(await rootOf('canton = 5')), []);
    equal(unknownNode(root, 'x'), "This configuration has no node 'x'; it has participants.p1, sequencers.s1.");
    equal(unknownNode(await rootOf(''), 'x'), "This configuration has no node 'x'; it has none.");
    deepEqual([objectAt(root, 'nothing'), objectAt(undefined, 'x')], [undefined, undefined]);
  });
});
