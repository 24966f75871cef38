import { equal } from 'node:assert/strict';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { isCantonDocument, isCantonText } from '../../../../server/src/model/facts/classify';

const is = (text: string) => isCantonDocument(parse('file:///a.conf', text));

describe('which documents are Canton’s', () => {
  const canton: readonly (readonly [what: string, text: string])[] = [
    ['a canton object', 'canton { participants { p1 {} } }'],
    ['a dotted path', 'canton.participants.p1.crypto.provider = kms'],
    ['parameters alone', 'canton.parameters.non-standard-config = yes'],
    ['a half-typed file', 'canton {\n  participants.p1.crypto {\n    kms {'],
    ['a shared fragment', '_shared { crypto { kms { type = aws, region = us-east-1 } } }'],
    ['a fragment of dotted keys', 'kms.type = gcp\nkms.project-id = p'],
    ['a key store fragment', 'private-key-store.encryption { type = kms }'],
    ['a crypto section by its keys', 'provider = kms\nkms = ${_kms}\nsigning.keys.default = ec-p-256'],
    ['an application of Splice', 'canton.validator-apps.validator_backend.enable-wallet = false'],
    ['a root key that is being completed', 'canton.'],
    ['a section that is being completed', '# KMS of the test network\ncanton.partici'],
    ['a section without a value', 'canton.participants'],
    ['a node of its own name with a crypto section', 'p1.crypto.kms { type = aws }'],
    ['a mixin of a launch', '_participant.storage = ${_shared.storage}\n_participant.crypto.kms.type = gcp'],
    ['a template of a crypto section', 'crypto { kms { type = ${TYPE}, region = x } }'],
    ['a mixin of storage', '_shared { storage { type = postgres } }\n_shared.ledger-api.address = a'],
    ['a merge of objects', 'canton = ${_base} { participants {} }'],
  ];
  for (const [what, text] of canton) it(`takes ${what}`, () => equal(is(text), true));

  const foreign: readonly (readonly [what: string, text: string])[] = [
    ['an empty file', ''],
    ['nginx', 'http {\n  server {\n    listen 80;\n    location / { proxy_pass http://canton; }\n  }\n}'],
    ['an nginx upstream of that name', 'upstream canton { server 10.0.0.1:80; }'],
    ['logstash', 'input { beats { port => 5044 } }\noutput { elasticsearch { hosts => ["localhost"] } }'],
    ['postgres', "listen_addresses = '*'\nmax_connections = 100\nencryption = on"],
    ['telegraf', '[agent]\n  interval = "10s"\n[[outputs.influxdb]]\n  urls = ["http://localhost:8086"]'],
    ['akka', 'akka { loglevel = INFO, actor { provider = cluster } }'],
    ['a key and a KMS of an akka application', 'akka.loglevel = INFO\nblob.kms { type = aws, region = us-east-1 }'],
    ['a KMS of a play application', 'play.http.secret.key = x\nkms { type = aws, region = eu-west-1 }'],
    ['a KMS inside another application', 'backup { target { kms { type = gcp, key = k } } }'],
    ['half a word', 'cant'],
    ['a key of another canton', 'canton.zurich = 1'],
    ['a KMS of somebody with a variable', 'kms { type = ${TYPE} }'],
    ['a shared part of another program', '_shared { storage { type = x }, cache { } }'],
    ['another KMS', 'vault { kms { type = transit } }'],
    ['a scalar named canton', 'canton = 5'],
    ['a list', '[1, 2]'],
    ['binary', '\u0000\u0001\u0002\uFFFD{'],
  ];
  for (const [what, text] of foreign) it(`leaves ${what} alone`, () => equal(is(text), false));

  const commands = [
    'export CANTON=1\ncanton.a.b = 1',
    'dpm sandbox\ncanton.parameters.a = 1',
    'canton.participants.p1',
  ];
  for (const text of commands) {
    it(`does not take \`${text.split('\n')[0]}\` in a document for a configuration`, () => {
      equal(isCantonText(parse('', text, 'conf')), false);
    });
  }

  it('does not overflow on deep nesting', () => equal(is('{ a '.repeat(10_000)), false));
});
