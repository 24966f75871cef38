import { deepEqual, equal } from 'node:assert/strict';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { hasCantonKey, isCantonDocument, isCantonText, mixinNames } from '../../../../server/src/model/facts/classify';

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
    ['a canton object that is filled elsewhere', 'canton { include "nodes.conf" }'],
    ['a canton object whose first key is being typed', 'canton {\n  part\n}'],
    ['a canton object of a template', 'canton { {{ .Values.kind }} { p1 {} } }'],
    ['nodes in an unknown section', 'canton { nodes { p1 { admin-api.port = 5012 } } }'],
    ['settings of a node one level too high', 'canton { storage { type = memory } }'],
    ['a misspelled section', 'canton { faetures { enable-preview-commands = yes } }'],
    ['a section that Canton never had, but its users know', 'canton { synchronizers { include "s1.conf" } }'],
    ['settings of its own beside nodes', 'canton { network = dev\n participants.p1 {} }'],
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
    ['the connection of an application to Canton', 'canton { host = localhost, port = 5011, tls { enabled = true } }'],
    ['the answer of a service', '{"status": "ok", "canton": {"status": "ok", "latency_ms": 23}}'],
    [
      'a list of addresses',
      '{"canton": {"participants": ["a::1220"], "participantUrl": "http://a:7575", "contracts": {}}}',
    ],
    ['people that take part', 'participants { alice { role = host, storage { type = disk } } }'],
    ['a connection in two parts', 'canton { host = a }\ncanton { port = 1 }'],
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

  const sections = [
    'participants { p1 { storage.type = memory } }',
    'mediators.m1.sequencer-client.override-max-request-size = 1',
    'sequencer-client { keep-alive-client { time = 60s } }\nadmin-api { address = a }',
    'participants { p1 { ledger-api.port = 1 } }\nhost = a',
    'ledger-api.x { a { b { host = 1 } } }\nadmin-api { port = 1 }\nother { ledger-api = 1 }',
    'other {}\nparticipants { p1 { sequencer-client {} } }',
    'participants { p1 { storage.type = memory, a { ledger-api { host = b } } } }',
    'participants.p1.a.ledger-api { host = b }\nparticipants.p1.storage.type = memory',
    'monitoring.tracing.tracer.exporter { type = otlp }',
    'a = 1\nmonitoring { tracing { tracer {} } }',
    'include "x"\nparticipants { p1 { storage.type = memory } }',
  ];
  for (const text of sections) {
    it(`takes \`${text}\` for a configuration in a document, and not in a file of its own`, () => {
      equal(isCantonText(parse('', text, 'conf')), true);
      equal(is(text), false);
    });
  }

  const others = [
    'participants {\n  p1 { storage.type = memory }',
    'admin-api { port = 1 }\npublic-api { port = 2 }',
    'ledger-api { host = localhost, port = 5011 }\nadmin-api { host = localhost, port = 5012 }',
    'participants { alice { ledger-api { host = a, port = 1 } } }',
    'other { admin-api { port = 1 } }\nparticipants {}',
    'participants { a { b { sequencer-client {} } } }',
    'ledger-api { port = 1 }',
    'others { p1 { sequencer-client {} } }',
    'monitoring { tracing { x {} } }',
    'monitoring { x { tracer {} } }',
    'x.tracing.tracer {}',
    'tracing.tracer {}',
    'ledger-api { port = 1 }\nledger-api { port = 2 }',
    'ledger-api { port = 1 }\nadmin-api = 5',
    'ledger-api = 5\nadmin-api { port = 1 }',
    'participants { a { ledger-api.port = 1 } }\nadmin-api.host = a',
    'participants { a { ledger-api.port = 1, x = y } }\nb { c { public-api { host = a } } }',
  ];
  for (const text of others) {
    it(`leaves \`${text}\` in a document alone`, () => equal(isCantonText(parse('', text, 'conf')), false));
  }

  it('does not overflow on deep nesting', () => equal(is('{ a '.repeat(10_000)), false));

  /** Each pair differs in what decides. */
  const pairs: readonly (readonly [canton: string, foreign: string])[] = [
    ['cantn { participants {} }', 'cantn { people {} }'],
    ['cantno { participants {} }', 'vaadin { participants {} }'],
    ['cantn.participants.p1 {}', 'cantn.people.p1 {}'],
    ['cantn { parameters {}, monitoring {} }', 'cantn { parameters {} }'],
    ['cantn { parameters.a = 1, features.b = 2 }', 'cantn { parameters.a = 1, parameters.b = 2, include "x" }'],
    ['canton.particpants.p1 {}', 'canton.people.p1 {}'],
    ['canton. = 1', 'canton.a = 1'],
    ['canton.parame', 'canton.parami'],
    ['canton {}', 'canton []'],
    ['canton = ${x} {}', 'canton = ${x}'],
    ['_a.storage.type = h2', '_a.storage.type = mysql'],
    ['_a.storage { type = [1], config.dataSourceClass = a }', '_a.storage { type = [1], config.class = a }'],
    ['storage { type = [1], config.properties {} }', 'storage { config.properties {} }'],
    ['_a.storage.type = memory', '_a.storage.kind = memory'],
    ['_a { storage { type = "postgres" } }', '_a { store { type = "postgres" } }'],
    ['_a { storage = ${b} { type = h2 } }', '_a { storage = ${b} }'],
    ['_a.public-api {}', '_a.my-public-api {}'],
    ['_a { admin-api.port = 1 }', '_a { x { admin-api.port = 1 } }'],
    ['_a.admin-api {}\n_b = 1', '_a.admin-api {}\nb = 1'],
    ['_a = 1\n_b.ledger-api {}', '_a = 1\ninclude "x"\n_b.ledger-api {}'],
    ['kms { type = aws }', 'kms { type = vault }'],
    ['kms { type = driver }', 'kms { x.type = driver }'],
    ['kms = ${x} { type = gcp }', 'kms = ${x} { type.x = gcp }'],
    ['kms.type = "aws"', 'kms.x.type = "aws"'],
    ['_a.kms.type = ${T}', 'kms.type = ${T}'],
    ['_a { kms { type = ${T} } }', 'a { kms { type = ${T} } }'],
    ['a { crypto { b { kms { type = aws } } } }', 'a { cryptic { b { kms { type = aws } } } }'],
    ['crypto.kms { type = aws }', 'b.kms { type = aws }'],
    ['crypto.kms = { region = x } { type = aws }', 'crypto.kms = { region = x } { kind = aws }'],
    ['a.wrapper-key-id = x', 'a.wrapper-key-id.b = x'],
    ['a.private-key-store.b = x', 'a.public-key-store.b = x'],
    ['provider = a\nkms = b\nencryption.c = d', 'provider = a\nkms = b'],
    ['a { signing.b = 1, encryption.c = 2, kms = d }', 'a { signing.b = 1, encryption.c = 2, provider = d }'],
    ['a { provider = b, signing = c }\nkms.type = aws', 'a { provider = b, signing = c }\na { kms = d }'],
    ['a { b { kms {}, provider = c, session-signing-keys {} } }', 'a { b { kms {}, provider = c }, signing {} }'],
    ['canton { x { y { admin-api {} } } }', 'canton { x { y { z { admin-api {} } } } }'],
    ['canton { x { admin-api {} } }', 'canton { x { host = a } }'],
    ['canton { x.y.admin-api.port = 1 }', 'canton { x.y.z.admin-api.port = 1 }'],
    ['canton { x {}, kms {} }', 'canton { x {}, y {} }'],
    ['canton { x { y {} }, "<z>" {} }', 'canton { x { y {} }, z {} }'],
    ['_a { storage.type = h2 }', '_a { b { storage.type = h2 } }'],
    ['_a.storage.config.properties {}', '_a.store.config.properties {}'],
    ['_a { storage { config { dataSourceClass = b } } }', '_a { storage { properties { dataSourceClass = b } } }'],
    ['_a.storage.config.properties = 1', '_a.storage.config.b.properties = 1'],
    ['storage { type = x, config { dataSourceClass = a } }', 'storage { type = x, config { other = a } }'],
    ['storge { type = x, config.properties.a = 1 }', 'stores { type = x, config.properties.a = 1 }'],
    ['storage.type = x\nstorage.config.dataSourceClassName = a', 'storage.config.dataSourceClassName = a'],
    [
      'storage { type = x, config { a { b = 1 }, properties {} } }',
      'storage { type = x, config { a { properties {} } } }',
    ],
    ['storage { type = x, config.properties {} }', 'storage { type {}, config.properties {} }'],
    ['storage { type = [x], config.properties {} }', 'storage { type, config.properties {} }'],
    ['storage { kind = x, type = y, config.properties {} }', 'storage { kind = x, config.properties {} }'],
    ['storage { type = x, b = 1, config.properties {} }', 'storage { type = x, b.properties {} }'],
    ['include "x"\nstorage { include "y", type = x, config.properties {} }', 'include "x"\nstorage { include "y" }'],
    ['slick = 1\ncanton.participants {}', 'slick = 1\ncrypto.kms { type = aws }'],
    ['slicker = 1\ncrypto.kms { type = aws }', 'a = 1\nslick.x = 1\ncrypto.kms { type = aws }'],
  ];
  for (const [canton, foreign] of pairs) {
    it(`takes \`${canton}\`, and not \`${foreign}\``, () => deepEqual([is(canton), is(foreign)], [true, false]));
  }

  it('takes a text in a document where it sets something, and has no commands', () => {
    const own = (text: string) => isCantonText(parse('', text, 'conf'));
    const taken = ['canton.parameters.a = 1', 'canton {}', 'canton.parameters.a = 1\na.b [1]', 'canton.features\na {}'];
    const left = ['canton.features', 'canton.features\ninclude "x"', 'canton {}\na b = 1', 'canton {}\na [1]', 'a = 1'];
    for (const text of taken) equal(own(text), true, text);
    for (const text of left) equal(own(text), false, text);
  });

  it('knows a root key of that name, whatever is there', () => {
    const has = (text: string) => hasCantonKey(parse('file:///a.conf', text));
    for (const text of ['canton = 5', 'a = 1, "canton".b = 2', 'canton']) equal(has(text), true, text);
    for (const text of ['a.canton = 1', '[canton]', 'include "canton"', 'Canton = 1']) equal(has(text), false, text);
  });

  it('knows the names of mixins', () => {
    const names = (text: string) => mixinNames(parse('file:///a.conf', text));
    deepEqual(names('_a.b = 1\ninclude "x"\n_c {}\nd._e = 1\n_a.c = 2'), ['_a', '_c']);
    deepEqual(names('[_a]'), []);
  });
});
