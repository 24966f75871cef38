import assert from 'node:assert/strict';
import { scalaIdentifier } from '../../../server/src/text/encoders/scala';
import { checkCalls } from '../../kit/console-calls';
import { allSignatures, signaturesOf } from '../../kit/console-signatures';

const NODES = new Set(['p1', '`node-1`']);
const faults = (script: string, version: '2.10' | '3.3' | '3.5' = '3.5') => checkCalls(script, version, NODES);

describe('console commands', () => {
  it('are named by the node, between backticks where Scala needs them', () => {
    assert.equal(scalaIdentifier('participant1'), 'participant1');
    assert.equal(scalaIdentifier('node-1'), '`node-1`');
    assert.equal(scalaIdentifier('1st'), '`1st`');
    assert.equal(scalaIdentifier('type'), '`type`');
  });

  it('have the signature of their version', () => {
    const names = (version: '2.10' | '3.5') =>
      signaturesOf('keys.secret.register_kms_signing_key', version).map((row) =>
        row.parameters?.map(({ name }) => name),
      );
    assert.deepEqual(names('2.10'), [['kmsKeyId', 'name']]);
    assert.deepEqual(names('3.5'), [['kmsKeyId', 'usage', 'name']]);
    assert.equal(signaturesOf('topology.all.renew', '3.5').length, 0);
  });

  it('have a source in 2.10 each', () => {
    for (const { command, until, since, source } of allSignatures()) {
      if (until === '2.10' || since === undefined) assert.match(source ?? '', /2\.10/, command);
    }
  });

  it('are those of the kind of node', () => {
    const kinds = new Map([['p1', 'sequencers']]);
    const faulty = (script: string) => checkCalls(script, '2.10', NODES, kinds);
    assert.match(faulty('p1.topology.all.list()')[0] ?? '', /sequencers do not have it/);
    assert.match(faulty('p1.keys.secret.rotate_node_keys()')[0] ?? '', /do not have it/);
    assert.match(
      faulty('p1.keys.secret.rotate_kms_node_key("fp", "id", "name")')[0] ?? '',
      /'domainManager' is no text/,
    );
    assert.deepEqual(faulty('p1.keys.secret.rotate_kms_node_key("fp", "id", <domain manager>, "name")'), []);
  });

  it('are accepted with positional and named arguments, nested calls and macros', () => {
    assert.deepEqual(faults('p1.keys.secret.rotate_wrapper_key()'), []);
    assert.deepEqual(faults('`node-1`.keys.secret.delete(Fingerprint.tryFromString("12,(20"), force = true)'), []);
    assert.deepEqual(faults('p1.keys.secret.list().map(k => (k.name, k.id))'), []);
    assert.deepEqual(faults('p1.health.status.isActive'), []);
    assert.deepEqual(faults('p1.repair.export_acs(Set(party), p1.ledger_api.state.end(), "file")'), []);
    assert.deepEqual(faults('p1.keys.secret.upload("file", Some("name"))', '2.10'), []);
  });

  it('are refused where they do not exist or take other arguments', () => {
    assert.match(faults('p1.keys.secret.rotate_wraper_key()')[0] ?? '', /no command 'keys\.secret\.rotate_wraper_key'/);
    assert.match(faults('p1.keys.secret.list(purpose = Set.empty)')[0] ?? '', /no parameter 'purpose'/);
    assert.match(faults('p1.keys.secret.register_kms_signing_key("id")')[0] ?? '', /'usage' is missing/);
    assert.match(faults('p1.keys.secret.get_wrapper_key_id("id")')[0] ?? '', /argument 1 is too many/);
    assert.match(faults('p1.keys.secret.rotate_node_keys')[0] ?? '', /parentheses are missing/);
    assert.match(faults('p1.synchronizers.reconnect_all()', '2.10')[0] ?? '', /no command/);
    assert.match(faults('x.map(p => p1.repair.import_acs(file, p1.id, c, d, e, f, g))')[0] ?? '', /too many/);
  });
});
