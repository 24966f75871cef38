import { deepEqual, match } from 'node:assert/strict';
import { workbench } from '../../kit/service';

/** The code and line of each problem of the first file, and its message. */
async function problems(marked: string, version: '2.10' | '3.5' = '3.5') {
  const { service, fixture } = workbench(marked, { force: { version, edition: undefined, release: undefined } });
  const found = await service.diagnostics(fixture.main.uri);
  return found.map(({ code, severity, range, message }) => ({
    place: `${severity} ${code} ${range.start.line + 1}`,
    message,
  }));
}
const placesOf = async (...args: Parameters<typeof problems>) => (await problems(...args)).map(({ place }) => place);

describe('a fragment without nodes', () => {
  it('is checked as a part of any node where nothing is known to include it', async () => {
    const [type, ...others] = await problems(
      '-- kms.conf --\ncrypto {\n  private-key-store.encryption { type = kms }\n  kms { type = awz, region = us-east-1 }\n}\n',
    );
    deepEqual([type?.place, others], ['warning read/invalid-value 3', []]);
    match(type?.message ?? '', /'awz' .*This is a part of every node that includes it\./);
    deepEqual(await placesOf('-- kms.conf --\nkms { type = aws, regoin = us-east-1 }\n'), [
      'warning read/unknown-key 1',
    ]);
    const storage =
      '-- db.conf --\nstorage {\n  type = postgrs\n  config { dataSourceClass = a, properties { user = u } }\n}\n';
    deepEqual(await placesOf(storage), ['warning read/invalid-value 2']);
    deepEqual(await placesOf(storage.replace('postgrs', 'postgres').replace('storage', 'stroage')), [
      'warning read/unknown-key 1',
    ]);
  });

  it('may have the sections of nodes in mixins', async () => {
    const mixins = (one: string, two: string) =>
      `-- kms.conf --\n_aws { crypto { kms { type = aws, region = r, ${one} } } }\n_gcp.crypto.kms { type = gcp, ${two} }\n`;
    deepEqual(await placesOf(mixins('audit-logging = maybe', 'regoin = x')), [
      'warning read/wrong-type 1',
      'warning read/unknown-key 2',
    ]);
    deepEqual(await placesOf(mixins('audit-logging = true', 'location-id = x')), []);
  });

  it('of 2.10 names its KMS section kms', async () => {
    const own = 'crypto {\n  private-key-store.encryption.type = kms\n  gcp { type = gcp, project-id = p }\n}\n';
    deepEqual(await placesOf(`-- kms.conf --\n${own}`, '2.10'), ['warning advice/misplaced-kms 3']);
  });

  it('may leave out what the node has elsewhere, and have keys of something else', async () => {
    const own =
      'crypto { kms { type = aws }, private-key-store.encryption.type = kms }\nmonitoring.jaeger = 1\nx = 2\n';
    deepEqual(await placesOf(`-- kms.conf --\n${own}`), []);
  });

  it('is checked where it is included', async () => {
    const files =
      '-- kms.conf --\nkms { type = awz }\n-- p1.conf --\ncanton.participants.p1.crypto { include "kms.conf" }\n';
    deepEqual(await placesOf(files), ['error read/invalid-value 1']);
  });
});

describe('a section that another file uses by a substitution', () => {
  const use = (section: string) => `-- use.conf --\ncanton.${section} { storage = \${_shared.storage} }\n`;

  it('is checked as a part of its node', async () => {
    const mixin = '-- mixin.conf --\n_shared.storage.type = postgrs\n';
    deepEqual(await placesOf(`${mixin}${use('participants.p1')}`), ['warning read/invalid-value 1']);
  });

  it('has a database of which Canton cannot read the port', async () => {
    const config = 'config.properties { serverName = h, portNumber = many, databaseName = d }';
    const mixin = `-- mixin.conf --\n_shared.storage {\n  type = postgres\n  ${config}\n}\n`;
    deepEqual(await placesOf(`${mixin}${use('participants.p1')}`), ['warning validate/database-access 3']);
  });

  it('has no part in the names above the place', async () => {
    const mixin = '-- mixin.conf --\n_shared.storage.type = memory\n';
    deepEqual(await placesOf(`${mixin}${use('domain-managers.d1')}`), []);
    deepEqual(await placesOf(`${mixin}${use('participants.p1.storge')}`), []);
  });
});

describe('a mixin that no file uses', () => {
  const use = '-- use.conf --\ncanton.participants.p1 { admin-api.address = ${?_shared.address}, storage = ${_db1} }\n';
  const mixin = (name: string) => `-- mixin.conf --\n${name} {\n  address = a\n  admin-api.port = 1\n}\n`;

  it('has nearly the name of one that is used', async () => {
    const [found, ...others] = await problems(`${mixin('_sahred')}${use}`);
    deepEqual([found?.place, others], ['warning advice/root-key 1', []]);
    match(
      found?.message ?? '',
      /No file uses '_sahred', and no file sets '_shared', which files use\. One of the two names is misspelled\./,
    );
  });

  it('has a key with nearly the name of one that is used', async () => {
    const [found, ...others] = await problems(`${mixin('_shared').replace('address', 'adress')}${use}`);
    deepEqual([found?.place, others], ['warning advice/root-key 2', []]);
    match(found?.message ?? '', /No file uses '_shared\.adress', and no file sets '_shared\.address'/);
    const whole = use.replace('_shared.address', '_shared');
    const places = await placesOf(`${mixin('_shared').replace('address', 'adress')}${whole}`);
    deepEqual(
      places.filter((place) => place.includes('root-key')),
      [],
    );
  });

  it('is a mixin of its own beside one with nearly its name that a file sets', async () => {
    deepEqual(await placesOf(`${mixin('_shareds')}_shared.address = b\n${use}`), []);
    for (const text of ['_shared.address = b', 'x = 1, "_shared" { address = b }', '  _shared = ${_other}'])
      deepEqual(await placesOf(`${mixin('_shareds')}-- base.conf --\n${text}\n${use}`), [], text);
  });

  it('gets no other name by itself, because the use may be misspelled instead', async () => {
    const { service, fixture } = workbench(`${mixin('_sahred')}${use}`);
    const [{ fixes } = { fixes: [] }] = await service.diagnostics(fixture.main.uri);
    deepEqual(
      fixes.map(({ title, preferred }) => [title, preferred]),
      [["Rename to '_shared'", false]],
    );
  });

  it('may be there for files that are not known', async () => {
    for (const name of ['_shared', '_db2', '_other']) deepEqual(await placesOf(`${mixin(name)}${use}`), [], name);
  });

  it('is a part of any node, if it is named after a section', async () => {
    const storage = '-- db.conf --\n_storage {\n  type = postgres\n  config { dataSourceClass = a }\n}\n';
    deepEqual(await placesOf(storage), []);
    deepEqual(await placesOf(storage.replace('postgres', 'postgrs')), ['warning read/invalid-value 2']);
  });
});

describe('named templates of a chart', () => {
  const chart = `-- _node.tpl --
{{- define "node.storage" -}}
storage {
  type = postgrs
  config { dataSourceClass = "org.postgresql.ds.PGSimpleDataSource" }
  {{- if .Values.ssl }}
  parameters.max-connections = {{ int .Values.max }}
  {{- end }}
}
{{- end -}}
{{- define "node.words" -}}
some words that are not HOCON
{{- end -}}
{{- define "node.kms" -}}
crypto.kms {
  type = aws
  region = {{ .Values.region | quote }}
  audit-loging = true
}
{{- end -}}
`;

  it('are checked one by one', async () => {
    deepEqual(await placesOf(chart), ['warning advice/default-value 3', 'warning read/unknown-key 17']);
    deepEqual(await placesOf(chart.replace(/(?<!--)\n/g, '\r\n')), [
      'warning advice/default-value 3',
      'warning read/unknown-key 17',
    ]);
  });
});

describe('an element of a list', () => {
  it('lacks what no other file can add', async () => {
    const node = 'canton.participants.p1.ledger-api.auth-services = [{ tye = wildcard }]\n';
    deepEqual(await placesOf(`-- p1.conf --\n${node}`), ['error read/missing-key 1']);
    const mixin = '-- auth.conf --\n_auth = [{ tye = wildcard }]\n-- p1.conf --\n';
    deepEqual(await placesOf(`${mixin}canton.participants.p1.ledger-api.auth-services = \${?_auth}\n`), [
      'warning read/missing-key 1',
    ]);
  });
});

describe('sections of canton without it', () => {
  it('are checked as a part of the file that includes them', async () => {
    const text =
      '-- nodes.md --\n```hocon\nparticipants {\n  p1 {\n    admin-api.prot = 1\n    storage.type = { a = 1 }\n  }\n}\nmediaotrs.m1 {}\n```\n';
    const found = await problems(text);
    deepEqual(
      found.map(({ place }) => place),
      ['warning read/unknown-key 4', 'warning read/wrong-type 5', 'warning read/unknown-key 8'],
    );
    for (const { message } of found) match(message, /This is a part of 'canton' in the file that includes it\./);
  });

  it('may be without what the file has elsewhere', async () => {
    const text = 'participants.p1 { admin-api.port = 1 }\nother { x = 1 }\n';
    deepEqual(await placesOf(`-- nodes.md --\n\`\`\`hocon\n${text}\`\`\`\n`), []);
  });
});

describe('a key beside the mixin that it belongs in', () => {
  const use = '-- nodes.conf --\ncanton.participants.p1 = ${_participant} { ledger-api.port = 1 }\n';
  const file = (more: string) =>
    `-- mixins.conf --\n_storage.type = memory\n_participant.admin-api.port = 1\n${more}\n`;

  it('is reported', async () => {
    for (const more of [
      'storage = ${_storage}',
      'storage = ${_other}',
      'ledger-api { address = a }',
      'init.identity.type = auto',
    ]) {
      const [found, ...others] = await problems(`${file(more)}${use}`);
      deepEqual([found?.place, others], ['warning advice/root-key 3', []], more);
      match(found?.message ?? '', /It belongs in 'participants\.p1'/);
    }
  });

  it('and so is one that files look for in the mixin', async () => {
    const own = '-- mixins.conf --\n_shared.storage.type = memory\npublic-api.address = a\n';
    const [found, ...others] = await problems(
      `${own}-- nodes.conf --\ncanton.sequencers.s1 { storage = \${_shared.storage}, public-api.address = \${?_shared.public-api.address} }\n`,
    );
    deepEqual([found?.place, others], ['warning advice/root-key 2', []]);
    match(found?.message ?? '', /'public-api'.* It belongs in '_shared'/);
  });

  it('is reported where it is written, and not where the mixin is', async () => {
    const own = '-- storage.conf --\n_storage { type = memory, parameters.max-connections = 1 }\n';
    for (const place of ['participants.p1.ledger-api.storage', 'participants.p1.storge']) {
      const text = `canton.${place} = \${_storage}\n`;
      deepEqual(await placesOf(`${own}-- nodes.conf --\n${text}`), [], place);
      deepEqual(await placesOf(`-- nodes.conf --\n${text}${own}`), ['error read/unknown-key 1'], place);
    }
  });

  it('may be there for a substitution, or belong to something else', async () => {
    const other = `${use}canton.participants.p2.storage = \${storage}\n`;
    deepEqual(await placesOf(`${file('storage = ${_storage}')}${other}`), []);
    deepEqual(await placesOf(`${file('pekko.x = 1')}${use}`), []);
    deepEqual(await placesOf(`${file('storage.class = fast')}${use}`), []);
  });
});

describe('a mixin without a type', () => {
  const use = '-- p1.conf --\ncanton.participants.p1.storage = ${_db}\n';
  it('has it in the wrong section, or misspelled', async () => {
    for (const version of ['2.10', '3.5'] as const) {
      const wrong = '-- db.conf --\n_db { storage.type = postgres, config { properties.user = u } }\n';
      deepEqual(await placesOf(wrong + use, version), ['warning read/missing-key 1'], version);
    }
    deepEqual(await placesOf(`-- db.conf --\n_db { tpye = postgres }\n${use}`), ['warning read/missing-key 1']);
  });

  it('gets it elsewhere', async () => {
    deepEqual(await placesOf(`-- db.conf --\n_db { config { properties.user = u } }\n${use}`), []);
  });
});

describe('a key in the section around its own', () => {
  it('is reported in the closed edition of 2.10 as well', async () => {
    const tls = (inner: string) => `-- p1.conf --\ncanton.participants.p1.ledger-api { port = 1, ${inner} }\n`;
    const [found] = await problems(tls('private-key-file = "x"'), '2.10');
    match(
      found?.message ?? '',
      /^Unknown key 'private-key-file' in 'ledger-api'\. It belongs in 'tls', one level down\.$/,
    );
    deepEqual(await placesOf(tls('something-closed = 1'), '2.10'), []);
    const caching = 'canton.participants.p1.caching { maximum-size = 3, contract-store.expire-after-access = 1m }\n';
    match((await problems(`-- p1.conf --\n${caching}`, '2.10'))[0]?.message ?? '', /It belongs in 'contract-store'/);
  });
});

describe('the sections that Splice applications share with Canton', () => {
  const app = 'canton.validator-apps.backend.storage.type = postgres\n';
  it('may have keys that Canton does not know', async () => {
    deepEqual(await placesOf(`-- app.conf --\n${app}canton.parameters.timeouts.request-timeout = 20 minutes\n`), []);
    deepEqual(
      await placesOf(
        '-- compose.yaml --\nservices:\n  validator:\n    image: x/validator-app:0.6.11\n    environment:\n' +
          '      - ADDITIONAL_CONFIG_T=canton.parameters.timeouts.request-timeout = 20 minutes\n',
      ),
      [],
    );
  });

  it('are checked for misspellings and values', async () => {
    const wrong = `${app}canton.features.enable-testing-comands = yes\ncanton.parameters.manual-start = maybe\n`;
    deepEqual(await placesOf(`-- app.conf --\n${wrong}`), [
      'warning advice/misspelled-key 2',
      'error read/wrong-type 3',
    ]);
  });

  it('are those of Canton beside its nodes', async () => {
    const both = `${app}canton.participants.p1.storage.type = memory\ncanton.parameters.timeouts.request-timeout = 1s\n`;
    match((await placesOf(`-- all.conf --\n${both}`)).join(), /error read\/unknown-key 3/);
  });
});

describe('a block of code labeled as a program', () => {
  const page = (code: string) => `-- page.md --\n\`\`\`python\n${code}\n\`\`\`\n`;
  it('is checked if it has nothing but settings', async () => {
    const text = '# Example (with a comment)\ncanton.participants.participant.storage.typ = postgres\n';
    deepEqual(await placesOf(page(text)), ['error read/unknown-key 3']);
  });

  it('is a program otherwise', async () => {
    deepEqual(await placesOf(page('canton.participants.foreach { p => p.stop() }')), []);
    deepEqual(await placesOf(page('canton.participants.p1 = start("p1")')), []);
    deepEqual(await placesOf(page('import canton\ncanton.participants.p1.strat = 1')), []);
  });
});

describe('durations of session signing keys in a part of a launch', () => {
  const values = (...keys: readonly string[]) =>
    `-- values.yaml --\nkms:\n  type: aws\n  region: us-east-1\n  auditLogging: true\nadditionalEnvVars:\n  - name: ADDITIONAL_CONFIG_KEYS\n    value: |\n` +
    `      canton.participants.participant.crypto.session-signing-keys { enabled = true }\n${keys.map((key) => `      canton.participants.participant.crypto.session-signing-keys.${key}\n`).join('')}`;

  it('are compared with the defaults of those that may be elsewhere', async () => {
    const [found, ...others] = await problems(values('key-validity-duration = 2m'));
    deepEqual([found?.place, others], ['warning validate/session-key-durations 9', []]);
    match(found?.message ?? '', /^'2m' is too short .* unless another part of the launch changes it\.$/);
    deepEqual(await placesOf(values('key-eviction-period = 4m')), ['warning validate/session-key-durations 9']);
    deepEqual(await placesOf(values('key-validity-duration = 8m')), []);
    deepEqual(await placesOf(values('key-validity-duration = ${?VALIDITY}', 'key-eviction-period = 4m')), []);
    deepEqual(await placesOf(values('key-validity-duration = 2m', 'disable-bound-checks = ${CHECKS}')), []);
  });

  it('are errors where everything is known', async () => {
    const all = ['key-validity-duration = 2m', 'cut-off-duration = 1m', 'disable-bound-checks = false'];
    deepEqual(await placesOf(values(...all)), ['error validate/session-key-durations 9']);
  });
});

describe('a file of a ConfigMap in quotes', () => {
  it('is recognized where its first line is not a setting', async () => {
    const map = (text: string) => `-- map.yaml --\nkind: ConfigMap\ndata:\n  node.conf: "${text}"\n`;
    const found = await placesOf(map('# the node\\n\\tcanton.participants.p1.storage.typ = memory'));
    deepEqual(found, ['error read/unknown-key 3']);
  });
});

describe('templates of a chart', () => {
  const map = (...lines: readonly string[]) =>
    `-- map.yaml --\nkind: ConfigMap\ndata:\n  node.conf: |\n${lines.map((line) => `    ${line}\n`).join('')}`;

  it('may be the name of a section, and be a section without a separator', async () => {
    deepEqual(await placesOf(map('canton.{{ .Values.kind }}.{{ .Values.name }} { admin-api.port = 1 }')), []);
    const node = [
      'canton.participants.p1 {',
      '  {{- with .Values.storage }}',
      '  storage {{ toJson . }}',
      '  {{- end }}',
      '  crypto {{ .Values.crypto }}, ledger-api {{ .Values.api }}',
      '  {{ .Values.key }} = 1',
      '  admin-api { port = {{ .Values.port }}, addres = a }',
      '}',
    ];
    deepEqual(await placesOf(map(...node)), ['error read/unknown-key 10']);
  });

  it('may be the key that is missing', async () => {
    const kms = (key: string) =>
      map(`canton.participants.p1.crypto.kms { type = aws, ${key} = true, audit-logging = true }`);
    const errorsOf = async (key: string) => (await placesOf(kms(key))).filter((place) => place.startsWith('error'));
    deepEqual(await errorsOf('{{ .Values.where }}'), []);
    deepEqual(await errorsOf('multi-region-key'), ['error read/missing-key 4']);
  });
});

describe('a section of a chart that lacks a required key', () => {
  const map = (...lines: readonly string[]) =>
    `-- map.yaml --\nkind: ConfigMap\ndata:\n  node.conf: |\n    canton.participants.p1 {\n${lines.map((line) => `      ${line}\n`).join('')}    }\n`;
  const missing = async (...lines: readonly string[]) =>
    (await problems(map(...lines), '2.10')).filter(({ place }) => place.includes('read/missing-key'));
  const api = (...tls: readonly string[]) => ['admin-api {', 'port = 1', 'tls {', ...tls, '}', '}'];
  const chain = 'cert-chain-file = {{ .Values.chain }}';
  const key = 'private-key-file = {{ .Values.key }}';

  it('is reported beside a template and around a condition, which do not write it', async () => {
    const [found, ...others] = await missing(
      '{{- include "storage" . | nindent 6 }}',
      ...api(chain, '{{- if .Values.ca }}', 'trust-collection-file = {{ .Values.ca }}', '{{- end }}'),
    );
    deepEqual([found?.place, others], ['warning read/missing-key 8', []]);
    match(found?.message ?? '', /'private-key-file' in 'admin-api.tls'.* unless a template or another file .* sets it/);
  });

  it('may get it from a template in it, a name that is a template, or a line with a condition', async () => {
    for (const line of [
      '{{- include "key" . | nindent 8 }}',
      '{{ .Values.name }} = 1',
      '{{ if .Values.key }}{{ include "key" . }}{{ end }}',
      '{% include "key" %}',
      key,
    ]) {
      deepEqual(await missing('{{- include "storage" . }}', ...api(chain, line)), [], line);
    }
  });

  it('may be a part, where it sets no required key or lacks a section', async () => {
    deepEqual(await missing('admin-api.tls.trust-collection-file = a', 'crypto.kms.endpoint-override = a'), []);
    deepEqual(await missing('admin-api.port = 1', 'storage.config.properties.user = u'), []);
  });
});

describe('a key one level too high', () => {
  const chart = (node: string) =>
    `-- map.yaml --\nkind: ConfigMap\ndata:\n  node.conf: |\n    canton.participants.p1 {\n      {{- include "storage" . }}\n      ${node}\n    }\n`;

  it('is reported beside a template, in a section that may have more keys', async () => {
    const [found] = await problems(
      chart('ledger-api { address = a }, admin-api { port = 1 }, port = {{ .x }}'),
      '2.10',
    );
    match(found?.message ?? '', /Unknown key 'port'.* It belongs in 'ledger-api', one level down\./);
    const both = chart('ledger-api { address = a }, admin-api { address = b }, port = {{ .x }}');
    deepEqual(await placesOf(both, '2.10'), []);
  });
});

describe('a key of a mixin of a Splice application', () => {
  it('is missed where the application requires it, and not where its algorithm does not', async () => {
    const file = (auth: string) => `-- a.conf --\n${auth}\ncanton.validator-apps.v.auth = \${_auth}\n`;
    const own = '_auth { algorithm = hs-256-unsafe, audience = a';
    deepEqual(await placesOf(file(`${own} }\nsecret = x`)), ['warning advice/root-key 2']);
    deepEqual(await placesOf(file(`${own}, secret = x }`)), []);
  });
});

describe('settings of tracing in a document', () => {
  const page = (text: string) => `-- page.md --\nCanton\n\n\`\`\`hocon\n${text}\n\`\`\`\n`;

  it('are checked without canton around them', async () => {
    const sampler = 'monitoring.tracing.tracer.sampler {\n  tyep = trace-id-ratio\n  ratio = 0.5\n}';
    deepEqual(await placesOf(page(sampler)), ['warning read/unknown-key 5']);
    deepEqual(await placesOf(page(sampler.replace('tyep', 'type'))), []);
    deepEqual(await placesOf(page('monitoring.tracing.sampler.tyep = trace-id-ratio')), []);
  });
});

describe('services of several images', () => {
  it('have the nodes of these, whatever the registry, tag or digest', async () => {
    const compose = `-- compose.yaml --
services:
  mediator:
    image: registry.local:5000/canton-mediator:0.7.2
    environment:
      ADDITIONAL_CONFIG_X: canton.mediators.mediator1.admin-api.keep-alive-server.time = 40s
  sv:
    image: "\${REPOSITORY}sv-app@sha256:aaaa"
    environment:
      - 'ADDITIONAL_CONFIG_B=canton.sv-apps.sv.automation.paused-triggers += "x"'
      - ADDITIONAL_CONFIG_C=canton.parameters.timeouts.request-timeout = 1m
`;
    deepEqual(await placesOf(compose), ['warning advice/second-node 5']);
  });

  it('are set by variables in the order of their names', async () => {
    const values = `-- values.yaml --
additionalEnvVars:
  - name: ADDITIONAL_CONFIG_ZZ
    value: canton.participants.participant.crypto.kms.region = eu-west-1
  - name: ADDITIONAL_CONFIG_AA
    value: |
      canton.participants.participant.crypto { provider = kms, kms { type = aws, audit-logging = true } }
`;
    deepEqual(await placesOf(values), []);
  });
});
