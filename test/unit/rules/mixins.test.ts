import { deepEqual } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import type { ObjectModel } from '../../../schemas/model';
import { checkMixin } from '../../../server/src/rules';
import { type CheckOptions, contextOf } from './check-text';

const OWN = 'file:///own.conf';
const P1 = "This is a part of 'participants.p1' by a substitution in another file.";

describe('a file of which other files make a part of their nodes', () => {
  let model: ObjectModel;
  before(async () => {
    model = await configurationModel('3.5', 'enterprise');
  });

  /** The code, text and last sentence of each problem of the file. */
  const found = (own: string, use: string, options: CheckOptions = {}) => {
    const texts = new Map([
      [OWN, own],
      ['file:///use.conf', use],
    ]);
    return checkMixin(contextOf(texts, { model, files: [OWN], ...options })).map(
      ({ severity, code, range, message }) =>
        `${severity} ${code} ${own.slice(range.start, range.end)}: ${/This is a part of .*/.exec(message)?.[0]}`,
    );
  };
  const asStorage = (own: string, options: CheckOptions = {}) =>
    found(own, 'canton.participants.p1 { x = 1, storage = ${_s} }', options);

  it('is reported at its own mistakes alone, as a warning', () => {
    deepEqual(asStorage('_s.type = postgrs'), [`warning read/invalid-value postgrs: ${P1}`]);
    deepEqual(asStorage('_s { type = memory, parametrs {} }'), [`warning read/unknown-key parametrs: ${P1}`]);
    deepEqual(asStorage('_s.type = memory'), []);
    deepEqual(asStorage('_s.type = postgrs', { off: ['read/invalid-value'] }), []);
    deepEqual(asStorage('# canton-kms-ignore-next-line read/invalid-value\n_s.type = postgrs'), []);
  });

  it('reports a value once, wherever it is used', () => {
    const use = 'canton.participants { p1.storage = ${_s}, p2.storage = ${_s} }';
    deepEqual(found('_s.type = postgrs', use), [`warning read/invalid-value postgrs: ${P1}`]);
  });

  it('may leave out what the node has, but not what nothing else can bring', () => {
    deepEqual(asStorage('_s.parameters {}'), []);
    deepEqual(asStorage('_s.type = postgres'), []);
    const asNode = (own: string) => found(own, 'canton.participants.p1 = ${_n}');
    deepEqual(asNode('_n.storage.parameters {}'), []);
    deepEqual(asNode('_n.sequencer-client {}'), []);
    deepEqual(asNode('_n.storage.typ = postgres'), [`warning read/missing-key storage: ${P1}`]);
    deepEqual(asNode('_n.crypto.kms { region = r, other.type = aws }'), [`warning read/missing-key kms: ${P1}`]);
    const api = 'canton.participants.p1.ledger-api = ${_a}';
    deepEqual(found('_a.auth-services = [{ type = jwt-jwks }]', api), [
      `warning read/missing-key { type = jwt-jwks }: ${P1}`,
    ]);
  });

  it('may be a part of any node, or a section beside the nodes', () => {
    deepEqual(found('canton.participants."<node>1".storage.type = postgrs', ''), [
      'warning read/invalid-value postgrs: This is a part of every node that includes it.',
    ]);
    const beside = (from: string, to: string) =>
      found('monitoring.loging {}', 'canton.monitoring = ${monitoring}', {
        mixinUses: [{ from: from.split('.'), to: to.split('.') }],
      });
    const isPart = "warning read/unknown-key loging: This is a part of 'canton' in the file that includes it.";
    const byName = isPart.replace(/This is.*/, P1.replace('participants.p1', 'monitoring.loging'));
    deepEqual(beside('monitoring', 'canton.monitoring'), [isPart]);
    for (const [from, to] of [
      ['other', 'canton.monitoring'],
      ['monitoring', 'canton.other'],
      ['monitoring', 'canton.monitoring.x'],
      ['monitoring.x', 'canton.monitoring'],
    ] as const)
      deepEqual(beside(from, to), [byName], `${from} ${to}`);
  });
});
