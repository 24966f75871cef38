import { deepEqual, equal, match } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import type { CantonVersion, Edition } from '../../../schemas/version';
import { isMisspelled, nearest } from '../../../server/src/text/nearest';
import { applied, checkText } from './check-text';

const closed = async (text: string) => {
  const model = await configurationModel('2.10', 'enterprise');
  return checkText(text, { version: '2.10', edition: 'enterprise', model }).filter(
    ({ code }) => code === 'advice/misspelled-key' || code.startsWith('read/'),
  );
};

describe('in the closed enterprise edition of 2.10', () => {
  for (const [section, key] of [
    ['participants.p1.admin-api', 'prot'],
    ['participants.p1.ledger-api', 'auth-sevrices'],
    ['sequencers.s1.public-api.tls', 'cert-chain-fiel'],
    ['mediators.m1.monitoring.grpc-health-server', 'potr'],
    ['domain-managers.d1', 'admni-api'],
    ['domain-managers.d1.init', 'domain-parameter'],
    ['domain-managers.d1.init.domain-parameters', 'unique-contract-kesy'],
    ['remote-sequencers.s1.public-api', 'adderss'],
    ['remote-domain-managers.d1.admin-api', 'prot'],
  ] as const) {
    it(`a key that is nearly one of ${section} is reported`, async () => {
      const all = await closed(`canton.${section}.${key} = 1`);
      const found = all.find(({ code }) => code === 'advice/misspelled-key');
      equal(found?.severity, 'warning');
      match(found?.message ?? '', new RegExp(`Unknown key '${key}'.*Did you mean`));
    });
  }

  it('a section of a node beside the nodes is reported', async () => {
    const nodes = (stray: string) => closed(`canton.mediators { m1 { admin-api.port = 1 }, ${stray} }`);
    const [found, ...others] = await nodes('replication.enabled = true');
    deepEqual(others, []);
    match(found?.message ?? '', /Unknown key 'replication' in 'mediators'.* It belongs in 'm1', one level down\./);
    for (const own of ['replication { admin-api.port = 2 }', 'replication {}', 'replication.partners = 2'])
      deepEqual(await nodes(own), [], own);
  });

  it('a level too many is reported', async () => {
    const [found] = await closed('canton.participants.p1.admin-api.config { address = localhost, port = 1 }');
    match(found?.message ?? '', /Unknown key 'config' in 'admin-api'/);
  });

  for (const [text, key, place] of [
    ['participants.p1.admin-api { port = 1, tls { address = localhost } }', 'address', "'admin-api', one level up"],
    ['participants.p1 { admin-api { tls { port = 1 } } }', 'port', "'admin-api', one level up"],
    [
      'sequencers.s1 { public-api.address = a, admin-api.port = 1, address = b }',
      'address',
      "'admin-api', one level down",
    ],
    [
      'remote-participants.p1 { ledger-api { port = 1 }, admin-api { address = a }, port = 2 }',
      'port',
      "'admin-api', one",
    ],
  ] as const) {
    it(`'${key}' in ${text} is at a wrong place`, async () => {
      const found = await closed(`canton.${text}`);
      const own = found.filter(({ code }) => code === 'advice/misspelled-key');
      equal(own.length, 1);
      match(own[0]?.message ?? '', new RegExp(`Unknown key '${key}'.*${place}`));
    });
  }

  for (const [crypto, key, place] of [
    ['kms { type = aws, region = r }, wrapper-key-id = x', 'wrapper-key-id', "'crypto.private-key-store.encryption.w"],
    ['kms { type = aws, region = r, wrapper-key-id = x }', 'wrapper-key-id', "'crypto.private-key-store.encryption.w"],
    ['private-key-store { kms { type = aws, region = r }, encryption.type = kms }', 'kms', "'crypto', one level up"],
    [
      'kms { type = aws, region = r, private-key-store.encryption.type = kms }',
      'private-key-store',
      "'crypto', one level up",
    ],
  ] as const) {
    it(`'${key}' in ${crypto} is at a wrong place of the crypto section`, async () => {
      const [found, ...others] = await closed(`canton.domains.d1.crypto { ${crypto} }`);
      deepEqual(others, []);
      match(found?.message ?? '', new RegExp(`Unknown key '${key}'.*${place}`));
    });
  }

  for (const [text, key] of [
    ['participants.p1 { ledger-api.port = 1, tls { cert-chain-file = a, private-key-file = b } }', 'tls'],
    ['domain-managers.d1 { monitoring.grpc-health-server.address = a, port = 1 }', 'port'],
  ] as const) {
    it(`'${key}' in ${text} belongs in a section below`, async () => {
      const own = (await closed(`canton.${text}`)).filter(({ code }) => code === 'advice/misspelled-key');
      deepEqual(own.length, 1);
      match(own[0]?.message ?? '', new RegExp(`Unknown key '${key}'.* It belongs in`));
    });
  }

  it('a key that the section around has or none below lacks may be another one', async () => {
    const texts = [
      'canton.participants.p1.admin-api { address = a, port = 1, tls { address = localhost } }',
      'canton.sequencers.s1 { public-api { address = a }, admin-api { address = b }, address = c }',
      'canton.sequencers.s1 { public-api.port = 1, admin-api.port = 2, address = c }',
      'canton.participants.p1 { admin-api.port = 1, replication { storage { type = memory } } }',
    ];
    for (const text of texts) {
      const found = await closed(text);
      deepEqual(
        found.filter(({ code }) => code === 'advice/misspelled-key').map(({ message }) => message),
        [],
      );
    }
  });

  it('also below a type that a template may replace', async () => {
    const tls = 'tls.client-auth { type = require, admin-client.private-kye-file = x }';
    const template = 'include url("https:{{- end }}")';
    const found = await closed(`canton.participants.p1.admin-api { ${tls}\n ${template}\n }`);
    deepEqual(
      found.filter(({ code }) => code === 'advice/misspelled-key').map(({ path }) => path?.at(-1)),
      ['private-kye-file'],
    );
  });

  it('any other key may exist', async () => {
    deepEqual(await closed('canton.participants.p1 { partner-api.port = 1, ledger-api.quota { x = 1 } }'), []);
  });

  it('a value of a wrong type is an error for nodes of that edition, too', async () => {
    const texts = [
      'canton.sequencers.s1.public-api.port = abc',
      'canton.mediators.m1.replication.enabled = maybe',
      'canton.remote-sequencers.s1.public-api { address = a, port = abc }',
    ];
    for (const text of texts) {
      deepEqual(
        (await closed(text)).map(({ code }) => code.slice(0, 5)),
        ['read/'],
        text,
      );
    }
  });
});

describe('a part of a section whose type is written elsewhere', () => {
  const warnings = async (text: string) => {
    const model = await configurationModel('3.5', 'enterprise');
    return checkText(text, { model }).filter(({ severity }) => severity === 'warning');
  };

  it('has its type one level too low', async () => {
    for (const inner of ['type = postgres', 'properties {}, type = "h2"']) {
      const all = await warnings(`canton.participants.p1.storage.config { ${inner} }`);
      const [found] = all.filter(({ code }) => code === 'advice/misspelled-key');
      match(found?.message ?? '', /Unknown key 'type' in 'storage\.config'\. It belongs in 'storage', one level up\./);
    }
    deepEqual(await warnings('canton.participants.p1.storage { type = postgres, config.type = postgres }'), []);
  });

  it('has a key that is nearly one of a sequencer whose driver is not known', async () => {
    const sequencer = (body: string) => warnings(`canton.sequencers.s1.sequencer { ${body}, include url("http://x") }`);
    const [found, ...others] = await sequencer('config.storge.type = memory');
    deepEqual([found?.code, others], ['advice/misspelled-key', []]);
    deepEqual(await sequencer('config.anything-else = 1'), []);
  });
});

describe('a value above a line of a template', () => {
  const model = configurationModel('3.5', 'enterprise');
  const include = (address: string) =>
    `canton.participants.p1.admin-api {\n port = abc\n include url("https:${address}")\n}`;

  it('is checked', async () => {
    const found = checkText(include('{{- include \\"tls\\" . }}'), { model: await model });
    deepEqual(
      found.map(({ configPath }) => configPath),
      ['canton.participants.p1.admin-api.port'],
    );
  });

  it('is not the type that decides which other keys there are', () => {
    const storage = 'canton.participants.p1.crypto.kms {\n type = aws\n location-id = eu\n ';
    deepEqual(
      checkText(`${storage}include url("https:{{ end }}")\n}`).filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  it('may be replaced by a file, which nobody can look into', async () => {
    const found = checkText(include('//example.com/x.conf'), { model: await model });
    deepEqual(
      found.map(({ severity, code }) => `${severity} ${code}`),
      ['warning advice/default-value'],
    );
  });
});

describe('a root key that is nearly canton', () => {
  it('is reported, and renamed by the fix', () => {
    for (const name of ['cantonn', 'cnaton', 'Canton', 'caton']) {
      const text = `${name}.participants.p1.storage.type = memory`;
      const [found] = checkText(text);
      equal(found?.code, 'advice/root-key', name);
      equal(applied(text, found, /^Rename to 'canton'$/), 'canton.participants.p1.storage.type = memory');
    }
  });

  it('has sections of Canton', () => {
    deepEqual(checkText('carton { height = 1, features.x = 1 }'), []);
    deepEqual(checkText('akka.participants = 1'), []);
  });
});

describe('a section of canton beside it', () => {
  const node = 'canton.participants.p1.storage.type = memory\n';
  it('is reported', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    for (const text of [
      'features.enable-testing-commands = yes',
      'monitoring { tracing {} }',
      'canton.features.enable-preview-commands = no\nfeatures.enable-testing-commands = yes',
      'mediators.m1.admin-api.port = 1',
    ]) {
      const [found, ...others] = checkText(`${node}${text}`, { model });
      deepEqual([found?.code, others], ['advice/root-key', []]);
      match(found?.message ?? '', /does not read the root key '.*'.* It belongs in 'canton'\./);
    }
  });

  it('and so is a key of the section that the file begins', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    for (const [text, place] of [
      ['canton.participants.p1 { storage.type = memory }\nadmin-api.port = 1', 'participants.p1'],
      ['canton.participants.p1.ledger-api.rate-limit {}\nmax-used-heap-space-percentage = 66', 'ledger-api.rate-limit'],
      ['type = memory\ncanton.participants.p1.storage { parameters {} }', 'storage'],
    ]) {
      const found = checkText(text ?? '', { model }).find(({ code }) => code === 'advice/root-key');
      match(found?.message ?? '', new RegExp(`It belongs in '${place}'\\.`));
    }
  });

  it('may be there for a substitution, or belong to something else', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    const used = 'features.enable-testing-commands = yes\ncanton.features = ${features}';
    for (const text of [
      `${node}${used}`,
      `${node}features.dark-mode = true`,
      'canton.features.enable-testing-commands = no\nfeatures.enable-testing-commands = yes',
      `${node}port = 1`,
      'admin-api.port = 1\ncanton.participants.p1 { storage.type = memory, admin-api = ${admin-api} }',
      'features.enable-testing-commands = yes',
    ]) {
      const found = checkText(text, { model }).filter(({ code }) => code === 'advice/root-key');
      deepEqual(found, [], text);
    }
  });
});

describe('a part of a node with nearly the name of the node in an image', () => {
  const found = (text: string) => checkText(`canton.${text}`).filter(({ code }) => code === 'advice/lookalike-node');

  it('is reported, and renamed by the fix', () => {
    for (const [section, name, meant] of [
      ['participants', 'particpant', 'participant'],
      ['sequencers', 'seqeuncer', 'sequencer'],
      ['mediators', 'mediater', 'mediator'],
    ]) {
      const text = `${section}.${name}.parameters.stores.x = 1`;
      const [one] = found(text);
      match(one?.message ?? '', new RegExp(`'${name}' is nearly '${meant}', the node of the image`));
      match(applied(`canton.${text}`, one, /^Rename/), new RegExp(`${section}\\.${meant}\\.`));
    }
  });

  it('is reported of a whole node as well', () => {
    const [one] = found('mediators.mediaor { storage.type = memory, admin-api.port = 1 }');
    match(
      one?.message ?? '',
      /'mediaor' is nearly 'mediator'.* Settings and commands for 'mediator' do not reach it\./,
    );
  });

  it('has an index that the images of several nodes do not replace', () => {
    for (const [section, node] of [
      ['participants', 'participant'],
      ['validator-apps', 'validator_backend'],
    ]) {
      const text = `${section}.${node}_NIDEX.parameters.x = 1`;
      const [one, ...others] = found(text);
      deepEqual(others, []);
      match(one?.message ?? '', /'NIDEX' .* is nearly 'INDEX'/);
      match(applied(`canton.${text}`, one, /^Rename/), new RegExp(`${node}_INDEX\\.parameters`));
    }
  });

  it('may have a name of its own', () => {
    for (const text of [
      'participants.participant.parameters.x = 1',
      'participants.participant1.parameters.x = 1',
      'participants.participantA.parameters.x = 1',
      'participants.myparticipant.parameters.x = 1',
      'participants.partner.parameters.x = 1',
      'participants.myParticipant { storage.type = memory, parameters.x = 1 }',
      'participants { participant.admin-api.port = 1, partcipant { storage.type = memory } }',
      'participants.partecipante.storage.type = memory',
      'mediators.mediador { storage.type = memory, admin-api.port = 1 }',
      'sequencers.sequenzer.admin-api.port = 1',
      'participants.participant_INDEX.parameters.x = 1',
      'participants.participant_MAIN.parameters.x = 1',
      'participants.node_INDXE.parameters.x = 1',
      'sequencers.participant.parameters.x = 1',
    ])
      deepEqual(found(text), [], text);
  });
});

describe('the nearest name', () => {
  it('takes two letters in the wrong order for one change', () => {
    equal(nearest('prot', ['port', 'address']), 'port');
    equal(isMisspelled('tpye', ['type']), true);
    equal(isMisspelled('ytpe', ['type']), true);
    equal(isMisspelled('epyt', ['type']), false);
  });
});

describe('an unknown key', () => {
  it('belongs in the section that lacks it', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    const text = 'canton.remote-participants.p1 { admin-api { port = 1 }, ledger-api { address = a }, port = 2 }';
    const found = checkText(text, { model }).find(({ code }) => code === 'read/unknown-key');
    match(found?.message ?? '', /belongs in 'ledger-api', one level down/);
  });

  it('leads to the only section of the node that has it', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    const [found] = checkText('canton.participants.p1.ledger-api.max-deduplication-duration = 7d', { model });
    match(found?.message ?? '', /Canton reads 'init\.ledger-api\.max-deduplication-duration'\./);
  });

  it('may be one of another edition, or of a version before or after', () => {
    const hint = (text: string, version: CantonVersion, edition: Edition = 'enterprise') =>
      /(?<=\. ).*/.exec(checkText(`canton.participants.p1.${text}`, { version, edition })[0]?.message ?? '')?.[0];
    equal(hint('crypto.kms.type = aws', '2.10', 'community'), 'It requires the enterprise edition.');
    equal(hint('crypto.parallelism {}', '3.4'), 'It requires Canton 3.5; this file is checked against 3.4.');
    equal(hint('kms.type = aws', '3.5'), "It belongs in the node's 'crypto' section. Use 'crypto.kms' instead.");
    const managers = checkText('canton.domain-managers.d1 {}', { version: '2.10', edition: 'community' });
    match(managers[0]?.message ?? '', /\. It requires the enterprise edition\.$/);
    const session = 'Use crypto.session-signing-keys (3.5), crypto.kms.session-signing-keys (3.4) instead.';
    equal(hint('parameters.session-signing-keys {}', '3.4'), `Canton removed it after 3.3. ${session}`);
  });

  it('in single quotes is one problem', async () => {
    const codes = checkText("canton.participants.p1.crypto.provider = 'kms'").map(({ code }) => code);
    deepEqual(codes, ['read/invalid-value']);
  });

  it('of a node is not looked for in generated files', () => {
    const nodes = (count: number) =>
      Array.from({ length: count }, (_, i) => `canton.participants.node-${i}.storage.type = memory\n`).join('');
    const found = (count: number) =>
      checkText(`${nodes(count)}canton.participants.nide-1.crypto {}`)
        .filter(({ code }) => code === 'advice/lookalike-node')
        .map(({ path }) => path?.at(-1));
    deepEqual([found(100), found(101)], [['nide-1'], []]);
  });
});
