import assert from 'node:assert/strict';
import type { CantonVersion } from '../../../../schemas/version';
import { drawMermaid, drawText } from '../../../../server/src/operations/keys/draw';
import { type HeldKey, keyHierarchy } from '../../../../server/src/operations/keys/hierarchy';
import { mermaidLabel } from '../../../../server/src/text/encoders/mermaid';
import { launch } from '../kit';

const EXTERNAL = 'provider = kms, kms { type = aws, region = us-east-1 }';
const ENVELOPE =
  'kms { type = gcp, location-id = us-east1, project-id = p, key-ring-id = r }, private-key-store.encryption { type = kms, wrapper-key-id = my-key }';

async function drawn(text: string, node = 'participants.p1', version: CantonVersion = '3.5') {
  const { config } = await launch(text);
  const hierarchy = keyHierarchy({ config, version, edition: 'enterprise', node });
  assert.ok(hierarchy);
  return hierarchy;
}

const node = (crypto: string, kind = 'participants', more = '') =>
  `canton.${kind}.p1 { storage.type = postgres, crypto { ${crypto} }${more} }\n`;

/** `namespace(intermediate signing(session-signing))` */
function shape(keys: readonly HeldKey[]): string {
  return keys.map(({ id, below }) => (below.length === 0 ? id : `${id}(${shape(below)})`)).join(' ');
}

describe('the key hierarchy of a node', () => {
  it('has the root key above all others, and session keys below those that cover them', async () => {
    const participant = 'namespace(intermediate sequencer-auth signing encryption(session-encryption))';
    assert.equal(shape((await drawn(node(EXTERNAL))).keys), participant);
    const sessions = node(`${EXTERNAL}, session-signing-keys.enabled = true`);
    assert.match(shape((await drawn(sessions)).keys), /signing\(session-signing\)/);
    assert.doesNotMatch(shape((await drawn(node('session-signing-keys.enabled = true'))).keys), /session-signing/);
    for (const kind of ['sequencers', 'mediators']) {
      const { keys } = await drawn(node(EXTERNAL, kind), `${kind}.p1`);
      assert.equal(shape(keys), 'namespace(intermediate sequencer-auth signing)');
    }
    assert.equal(
      shape((await drawn(node(''), 'participants.p1', '2.10')).keys),
      'namespace(intermediate signing encryption(session-encryption))',
    );
  });

  it('has the wrapper key above them with envelope encryption', async () => {
    const { mode, keys } = await drawn(node(ENVELOPE));
    assert.equal(mode, 'envelope encryption, Google Cloud KMS (projects/p/locations/us-east1/keyRings/r)');
    assert.match(shape(keys), /^wrapper\(namespace\(/);
    assert.equal(keys[0]?.name, 'wrapper key my-key');
    assert.match(keys[0]?.lost ?? '', /every backup .* unreadable/);
    const canton = await drawn(node(ENVELOPE.replace(', wrapper-key-id = my-key', '')));
    assert.match(canton.keys[0]?.name ?? '', /that Canton created/);
    const reverted = await drawn(node(ENVELOPE.replace('type = kms,', 'type = kms, reverted = true,')));
    assert.match(reverted.mode, /after a revert/);
    assert.match(shape(reverted.keys), /^namespace/);
  });

  it('says who holds the keys, and that it does not know', async () => {
    const holder = async (crypto: string) => (await drawn(node(crypto))).keys[0]?.holder;
    assert.equal(await holder(EXTERNAL), 'in AWS KMS (us-east-1)');
    assert.equal(await holder(''), 'in the database, unencrypted');
    assert.equal(await holder('provider = ${PROVIDER}'), 'at a place that is not known');
    assert.match((await holder(EXTERNAL.replace('us-east-1', '${REGION}'))) ?? '', /comes from outside/);
  });

  it('shows an intermediate key as optional, unless the node makes one', async () => {
    const key = async (more: string) => (await drawn(node(EXTERNAL, 'participants', more))).keys[0]?.below[0];
    assert.equal((await key(''))?.isOptional, true);
    assert.equal((await key(', init.generate-intermediate-key = true'))?.isOptional, undefined);
  });

  it('is drawn as text with each key, its holder and its loss', async () => {
    const lines = drawText(await drawn(node(EXTERNAL))).split('\n');
    assert.equal(lines[0], 'participants.p1, Canton 3.5: external keys, AWS KMS (us-east-1)');
    assert.deepEqual(lines.slice(1, 5), [
      '└─ root namespace key p1-namespace',
      '   │ Held: in AWS KMS (us-east-1).',
      lines[3],
      '   ├─ delegates to: intermediate namespace key, if the root key delegated to one',
    ]);
    assert.equal(lines.filter((line) => line.includes('Lost: ')).length, 6);
  });

  it('keeps every name on its line, whatever is in it', async () => {
    const text = drawText(await drawn(node(ENVELOPE.replace('my-key', '"a\\n└─ b\\u001b[31m"'))));
    assert.match(text, /^└─ wrapper key a\\n└─ b\\u001b\[31m$/m);
  });

  it('is drawn as a chart whose nodes are all declared, and whose labels are one word to Mermaid', async () => {
    const chart = drawMermaid(await drawn(node(ENVELOPE.replace('my-key', '"a\\"]; <b> #1"'))));
    assert.match(chart, /^flowchart TD\n/);
    const declared = new Set([...chart.matchAll(/^ {2}(\w+)\[/gm)].map(([, name]) => name));
    for (const [, from, to] of chart.matchAll(/^ {2}(\w+) -\.?->(?:\|"[^"]*"\|)? (\w+)$/gm)) {
      assert.ok(declared.has(from) && declared.has(to), `${from} ${to}`);
    }
    assert.match(chart, /^ {2}node -->\|"envelope encryption.*"\| key_wrapper$/m);
    assert.match(chart, /^ {2}key_namespace -\.->\|"delegates to"\| key_intermediate$/m);
    assert.match(chart, /key_wrapper -->\|"encrypts"\| key_namespace/);
    for (const line of chart.split('\n')) assert.equal((line.match(/"/g) ?? []).length % 2, 0, line);
    assert.doesNotMatch(chart, /<b>/);
    assert.equal(mermaidLabel('a"b]\n'), '"a#34;b#93;#92;n"');
  });
});
