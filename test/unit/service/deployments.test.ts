import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { workbench } from '../../kit/service';

const problems = async (file: string, text: string, settings = {}) => {
  const bench = workbench(`-- ${file} --\n${text}`, settings);
  const { service, fixture } = bench;
  return { service, fixture, found: await service.diagnostics(fixture.main.uri) };
};
const seen = async (file: string, text: string) =>
  (await problems(file, text)).found
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, severity, message }) => `${severity} ${code} ${message}`);

const service = (image: string, name: string, more = '') => `services:
  p:
    image: ${image}
${more}    environment:
      - |
        ADDITIONAL_CONFIG_KMS=
          canton.participants.${name}.crypto { provider = kms, kms { type = aws, region = us-east-1, audit-logging = true } }
`;

describe('a container image that brings a node', () => {
  const IMAGE = 'ghcr.io/digital-asset/decentralized-canton-sync/docker/canton-participant';

  it('makes a second one of configuration under another name', async () => {
    for (const tag of [':0.6.11', ':${IMAGE_TAG}', '@sha256:0123', '']) {
      const [first, ...others] = await seen('compose.yaml', service(IMAGE + tag, 'participant1'));
      deepEqual(others, []);
      match(
        first ?? '',
        /^warning advice\/second-node The image 'canton-participant' runs the node 'participants.participant'/,
      );
      deepEqual(await seen('compose.yaml', service(IMAGE + tag, 'participant')), []);
    }
  });

  it('also in the containers of Kubernetes, and for the other images', async () => {
    const pod = (image: string, config: string) => `spec:
  containers:
    - name: c
      env:
        - name: ADDITIONAL_CONFIG_A
          value: ${config}
      image: x/${image}:0.6.1
`;
    const crypto = (path: string) => `canton.${path}.crypto.provider = jce`;
    equal((await seen('pod.yaml', pod('canton-sequencer', crypto('sequencers.sequencer1')))).length, 1);
    const [otherKind] = await seen('pod.yaml', pod('canton-mediator', crypto('participants.mediator')));
    match(otherKind ?? '', /use the name 'mediators\.mediator'/);
    deepEqual(await seen('pod.yaml', pod('canton-mediator', crypto('mediators.mediator'))), []);
    equal((await seen('pod.yaml', pod('validator-app', 'canton.validator-apps.validator.x = 1'))).length, 1);
    deepEqual(await seen('pod.yaml', pod('validator-app', 'canton.validator-apps.validator_backend.x = 1')), []);
  });

  it('also in the variables of an image with several nodes', async () => {
    const values = (text: string) =>
      `env:\n  - name: MULTI_PARTICIPANT_ADDITIONAL_CONFIG_A\n    value: canton.participants.participant_INDEX.${text}\n`;
    const [found, ...others] = await seen('values.yaml', values('storage.paramteers.max-connections = 8'));
    deepEqual(others, []);
    match(found ?? '', /Unknown key 'paramteers'/);
    deepEqual(await seen('values.yaml', values('storage.parameters.max-connections = 8')), []);
  });

  it('also where anchors bring the image or the variables', async () => {
    const wrong = 'ADDITIONAL_CONFIG_A: canton.participants.participant1.crypto.provider = jce';
    const image = 'image: x/canton-participant:0.6.11';
    for (const text of [
      `x-e: &e\n  ${wrong}\nservices:\n  p:\n    ${image}\n    environment:\n      <<: *e\n`,
      `x-e: &e\n  ${wrong}\nx-f: &f { A: b }\nservices:\n  p:\n    ${image}\n    environment:\n      <<: [*f, *e]\n`,
      `x-b: &b\n  ${image}\nservices:\n  p:\n    <<: *b\n    environment:\n      ${wrong}\n`,
      `x-i: &i "x/canton-participant:0.6.11"\nservices:\n  p:\n    image: *i\n    environment:\n      ${wrong}\n`,
      `services: { p: { ${image.replace(': ', ': "')}", environment: { "${wrong.replace(': ', '": "')}" } } }\n`,
    ]) {
      const found = await seen('compose.yaml', text);
      equal(found.length, 1, `${text}${found.join('\n')}`);
      match(found[0] ?? '', /advice\/second-node/);
      deepEqual(await seen('compose.yaml', text.replace('participant1', 'participant')), []);
    }
    const started = `x-b: &b\n  ${image}\n  command: ["-c", "x.conf"]\nservices:\n  p:\n    <<: *b\n    environment:\n      ${wrong}\n`;
    deepEqual(await seen('compose.yaml', started), []);
  });

  it('but not where it may run anything, or where nobody knows what it runs', async () => {
    for (const more of [
      '    command: ["-c", "/x.conf"]\n',
      '    entrypoint: sh\n',
      '    volumes: ["./a.conf:/app/app.conf"]\n',
    ]) {
      deepEqual(await seen('compose.yaml', service(IMAGE, 'participant1', more)), []);
    }
    for (const image of ['canton-enterprise:3.4', 'my/canton:1', 'canton-participant-tools:1']) {
      deepEqual(await seen('compose.yaml', service(image, 'participant1')), []);
    }
  });

  it('has the name that the fix writes', async () => {
    const bench = await problems('compose.yaml', service(IMAGE, 'participant1'));
    const fix = bench.found[0]?.fixes[0];
    ok(fix !== undefined);
    const region = await bench.service.codeActions(
      bench.fixture.main.uri,
      bench.found[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      { diagnostics: [] },
    );
    ok(region.some(({ title }) => title === "Rename to 'participant'"));
  });

  it('says by its tag which Canton it is, after everybody who says so', async () => {
    const versionOf = async (tag: string, more = '', settings = {}) => {
      const { service: s, fixture } = await problems(
        'compose.yaml',
        service(`canton-participant:${tag}`, 'participant') + more,
        settings,
      );
      const { choice } = await s.status(fixture.main.uri);
      return `${choice.version} ${choice.versionSource}`;
    };
    equal(await versionOf('0.4.12'), '3.3 image');
    equal(await versionOf('0.5.4'), '3.4 image');
    equal(await versionOf('0.6.11-snapshot.1'), '3.5 image');
    equal(await versionOf('${TAG}'), '3.5 default');
    equal(await versionOf('0.5.4', '', { requestedVersion: () => ({ version: '3.3' }) }), '3.3 setting');
    equal(await versionOf('0.6.4', '-- canton-kms.json --\n{ "spliceVersion": "0.4.2" }'), '3.3 project');
  });
});

describe('the participant chart', () => {
  const values = (indent: string) =>
    ['additionalEnvVars:', '  - name: ADDITIONAL_CONFIG_A', '    value: canton.participants.participant.x = 1']
      .map((line) => `${indent}${line}\n`)
      .join('');
  const versionOf = async (text: string) => {
    const { service: s, fixture } = await problems('release.yaml', text);
    const { choice } = await s.status(fixture.main.uri);
    return `${choice.release ?? choice.version} ${choice.versionSource}`;
  };
  const kms = (indent: string) =>
    `${indent}kms:\n${indent}  type: aws\n${indent}  region: us-east-1\n${values(indent)}`;

  it('says by its version which Canton it is', async () => {
    const argo = `spec:\n  source:\n    chart: splice-participant\n    targetRevision: 0.5.9\n    helm:\n      values: |\n${kms('        ')}`;
    equal(await versionOf(argo), '3.4.7 image');
    const helmfile = `releases:\n  - name: p\n    version: "0.7.2"\n    chart: oci://r.example/splice-participant\n    values:\n      -\n${kms('        ')}`;
    equal(await versionOf(helmfile), '3.5.13 image');
    equal(await versionOf(argo.replace('splice-participant', 'splice-scan')), '3.5 default');
    equal(await versionOf(kms('')), '3.5 default');
  });
});

describe('a value whose lines YAML joins', () => {
  const NODE = 'canton.participants.participant.crypto';
  const compose = (head: string, ...lines: string[]) =>
    `services:\n  p:\n    image: canton-participant:0.6.11\n    environment:\n      ADDITIONAL_CONFIG_A: ${[head, ...lines].join('\n        ')}\n`;
  const entries = [`${NODE}.provider = kms`, `${NODE}.kms { type = aws, region = us-east-1, audit-logging = true }`];

  it('is the cause of what HOCON finds in it', async () => {
    for (const text of [
      compose('>-', ...entries),
      compose('', `${NODE}.provider = kms`, `${NODE}.kms.type = aws`),
      compose(`"${entries[0]}`, `${entries[1]}"`),
    ]) {
      const found = await seen('compose.yaml', text);
      equal(found.length, 1, found.join('\n'));
      match(found[0] ?? '', /^error hocon\/\w+ YAML joins the lines/);
    }
  });

  it('is none where the lines stay, or commas separate the entries', async () => {
    deepEqual(await seen('compose.yaml', compose('|', ...entries)), []);
    deepEqual(await seen('compose.yaml', compose('>-', `${entries[0]},`, ...entries.slice(1))), []);
    const [found] = await seen('compose.yaml', compose('|', `${NODE}.kms = aws {`, '  region = x', '}'));
    match(found ?? '', /^error hocon\/concatenation A string and an object/);
  });
});

describe('a file of a launch', () => {
  it('may set a part of a remote node, unless it is declared to be all', async () => {
    const text = 'canton.remote-participants.p1.token = ${TOKEN}\n';
    deepEqual(await seen('a.conf', text), []);
    const declared = await seen('a.conf', `${text}-- canton-kms.json --\n{ "launchSets": { "all": ["a.conf"] } }`);
    ok(declared.length >= 2, declared.join('\n'));
    for (const one of declared) match(one, /^error read\/missing-key/);
  });
});

describe('the kms map of the participant chart', () => {
  const variables = 'additionalEnvVars:\n  - name: OTHER\n    value: x\n';
  const map = (keys: string, more = variables) => seen('values.yaml', `kms:\n${keys.replace(/^/gm, '  ')}\n${more}`);

  it('may have its keys in quotes, as JSON has them', async () => {
    deepEqual(
      await seen('values.yaml', '"kms": {"type": "aws", "region": "us-east-1"}\n"additionalEnvVars": []\n'),
      [],
    );
    const wrong = `"kms":\n  "type": aws\n  'regoin': us-east-1\n`;
    match((await seen('values.yaml', wrong)).join('\n'), /^error read\/unknown-key .*'regoin'/);
  });

  it('may have a part of its keys: other values bring the rest', async () => {
    for (const keys of ['type: driver', 'type: gcp\nprojectId: p', 'type: aws']) deepEqual(await map(keys), []);
  });

  it('is shown by other keys beside the variables, and lacks its type', async () => {
    match((await map('provider: aws\nregion: us-east-1')).join('\n'), /warning read\/missing-key .*'type'.*'provider'/);
    match((await map('projectId: p\nlocationId: l')).join('\n'), /warning read\/missing-key .*'type'/);
    deepEqual(await map('region: us-east-1', 'other: 1\n'), []);
    deepEqual(await map('keyId: x'), []);
  });

  it('means the node of the chart, whatever comes first', async () => {
    const second = `additionalEnvVars:
  - name: ADDITIONAL_CONFIG_A
    value: canton.participants.participant1.crypto.provider = kms
  - name: ADDITIONAL_CONFIG_B
    value: canton.participants.participant.crypto.provider = kms
`;
    const kms = 'kms:\n  type: aws\n  region: us-east-1\n  auditLogging: true\n';
    for (const text of [kms + second, second + kms]) {
      const found = await seen('values.yaml', text);
      equal(found.filter((one) => one.includes('advice/second-node')).length, 1, found.join('\n'));
    }
  });

  it('is spoken of with its own keys', async () => {
    match((await map('kmsType: gcp\nprojectId: p')).join('\n'), /Is 'kmsType' a misspelling/);
    const found = await map('type: gcp\nprojectid: p\nlocationId: l\nkeyRingId: r');
    match(found.join('\n'), /'projectId'/);
    ok(!found.join('\n').includes("'project-id'"));
  });

  it('is shown by the name and the settings of a driver, and by a type that a template writes', async () => {
    match((await map('provider: driver\nname: x\nconfig: {}')).join('\n'), /'type'.*'provider'/);
    deepEqual(await map('type: "{{ .Values.kms }}"\nregion: us-east-1'), []);
    match((await map('type: ${KMS_TYPE}\nregoin: us-east-1')).join('\n'), /'regoin'/);
  });

  it('says of each value that HOCON reads otherwise what to write', async () => {
    for (const value of ['"x,y"', "'it\"s'", '"a$b"', '"user@host"']) {
      const found = await map(`type: driver\nname: x\nconfig:\n  key: ${value}\n  other: 1`);
      equal(found.length, 1, found.join('\n'));
      match(found[0] ?? '', /error hocon\/.*Use both kinds of quotes/);
    }
    match((await map('type: driver\nname: x\nconfig:\n  key: |\n    a\n    b')).join('\n'), /Write it on one line/);
  });

  it('takes values with both kinds of quotes, which the fix writes', async () => {
    for (const value of ['"https://kms:8443"', 'https://kms:8443', "'https://kms:8443'"]) {
      const text = `kms:\n  type: aws\n  region: us-east-1\n  auditLogging: true\n  endpointOverride: ${value}\n${variables}`;
      const bench = await problems('values.yaml', text);
      const [fault] = bench.found;
      match(fault?.message ?? '', /Use both kinds of quotes: '"https:\/\/kms:8443"'\.$/);
      const actions = await bench.service.codeActions(
        bench.fixture.main.uri,
        fault?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        { diagnostics: [] },
      );
      const edits = actions.flatMap(({ edit }) => Object.values(edit?.changes ?? {})).flat();
      ok(
        edits.some(({ newText }) => newText.trim() === `'"https://kms:8443"'`),
        JSON.stringify(edits),
      );
    }
    deepEqual(
      await map(`type: aws\nregion: us-east-1\nauditLogging: true\nendpointOverride: '"https://kms:8443"'`),
      [],
    );
  });
});
