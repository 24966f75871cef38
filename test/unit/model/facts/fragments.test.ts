import { deepEqual } from 'node:assert/strict';
import { configurationModel } from '../../../../schemas/configuration';
import { isAnyNode, placesOfFragment } from '../../../../server/src/model/facts/fragments';
import { launch } from '../../hocon/launch';

/** The places as `key -> path`, of which a node is `N`, and of a mixin `N` with its number. */
async function places(text: string): Promise<string[]> {
  const { root } = await launch({ 'a.conf': text });
  const model = await configurationModel('3.5', 'enterprise');
  return placesOfFragment(root, model).map(({ from, to }) => {
    return `${from.join('.')} -> ${to.map((name) => (isAnyNode(name) ? name.replace('<node>', 'N') : name)).join('.')}`;
  });
}

describe('the keys of a fragment', () => {
  const cases: readonly (readonly [text: string, places: readonly string[]])[] = [
    [
      'participants.p1 {}, parameters {}, whatever = 1',
      ['participants -> canton.participants', 'parameters -> canton.parameters'],
    ],
    ['participants.p1 {}, mediatros.m1 {}', ['participants -> canton.participants', 'mediatros -> canton.mediatros']],
    ['mediatros.m1 {}', []],
    ['canton.participants.p1 {}, storage.type = memory', ['storage -> canton.participants.N.storage']],
    ['canton {}, participants.p1 {}', ['participants -> canton.participants']],
    ['crypto {}, storage {}', ['crypto -> canton.participants.N.crypto', 'storage -> canton.participants.N.storage']],
    ['cripto {}, storge {}', ['cripto -> canton.participants.N.cripto', 'storge -> canton.participants.N.storge']],
    ['kms {}', ['kms -> canton.participants.N.crypto.kms']],
    ['_kms {}, _crypto {}', ['_kms -> canton.participants.N.crypto.kms', '_crypto -> canton.participants.N.crypto']],
    ['provider = kms, other = 1', ['provider -> canton.participants.N.crypto.provider']],
    ['parameters {}, monitoring {}, features {}', []],
    ['_parameters {}', []],
    ['monitoring.tracing.tracer {}, crypto {}', ['monitoring -> canton.monitoring']],
    ['monitoring.tracing.tracer = 1', []],
    ['monitoring { tracing {}, tracer {} }', []],
    ['whatever = 1', []],
    ['_a { storage {} }', ['_a.storage -> canton.participants.N 0.storage']],
    [
      '_a { crypto {}, storage {} }, b { crypto {} }, _c { crypto {} }',
      [
        '_a.storage -> canton.participants.N 0.storage',
        '_a.crypto -> canton.participants.N 0.crypto',
        '_c.crypto -> canton.participants.N 2.crypto',
      ],
    ],
    ['_a { kms {} }, _b = text', []],
    [
      '_crypto { storage {} }, _x { crypto {} }',
      [
        '_crypto -> canton.participants.N.crypto',
        '_crypto.storage -> canton.participants.N 0.storage',
        '_x.crypto -> canton.participants.N 1.crypto',
      ],
    ],
  ];
  for (const [text, expected] of cases) {
    it(`take effect where they are included: ${text}`, async () => deepEqual(await places(text), expected));
  }

  it('belong to the kind of node that has most of them, and to the first where several have as many', async () => {
    deepEqual(await places('sequencer {}, public-api {}, storage {}'), [
      'sequencer -> canton.sequencers.N.sequencer',
      'public-api -> canton.sequencers.N.public-api',
      'storage -> canton.sequencers.N.storage',
    ]);
    deepEqual(await places('sequencer-client {}'), ['sequencer-client -> canton.participants.N.sequencer-client']);
  });

  it('are of no node that a file could have', () => {
    deepEqual(['<node>', '<node> 1', 'p1', 'x<node>', undefined].map(isAnyNode), [true, true, false, false, false]);
  });
});
