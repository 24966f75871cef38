import assert from 'node:assert/strict';
import { applied, offered } from '../../../kit/code-actions';
import { workbench } from '../../../kit/service';
import { refactor, rewrites } from './refactor';

describe('letting the environment override a value', () => {
  it('writes it behind the value, with a name that says what it is', async () => {
    await rewrites(
      'canton.participants.myNode-1.crypto {\n  kms { type = aws\n    region : eu-‸west-1 # here\n  }\n}\n',
      /MY_NODE_1_KMS_REGION/,
      'canton.participants.myNode-1.crypto {\n  kms { type = aws\n    region : eu-west-1 # here\n    region : ${?MY_NODE_1_KMS_REGION}\n  }\n}\n',
    );
    await rewrites(
      'canton { shared { region‸ = x, b = 1 } }\n',
      /SHARED_REGION/,
      'canton { shared { region = x, region = ${?SHARED_REGION}, b = 1 } }\n',
    );
  });

  it('is not offered for a key that Canton does not know', async () => {
    const titles = await refactor('canton.participants.p1.crypto.kms { type = aws, regoin‸ = x }\n', /environment/);
    assert.ok(Array.isArray(titles), JSON.stringify(titles));
  });

  it('is not offered where no variable could help: for a section with a text in its place, and for a type', async () => {
    for (const text of ['kms = a‸ws', 'kms { type = a‸ws, region = r }', 'private-key-store.encryption.type = k‸ms']) {
      const titles = await refactor(`canton.participants.p1.crypto { ${text} }\n`, /environment/);
      assert.ok(Array.isArray(titles), text);
    }
  });

  it('takes no name that is taken', async () => {
    await rewrites(
      'canton.a‸ = 1\ncanton.b = ${?CANTON_A}\n',
      /CANTON_A_2/,
      'canton.a = 1\ncanton.a = ${?CANTON_A_2}\ncanton.b = ${?CANTON_A}\n',
    );
  });

  it('is not offered where it is done, or nothing is written out', async () => {
    for (const text of ['canton.a‸ = 1\ncanton.a = ${?X}\n', 'canton.a‸ = ${x}\nx = 1\n', 'canton.a‸ = [1]\n']) {
      const titles = await refactor(text, /environment/);
      assert.ok(Array.isArray(titles), JSON.stringify(titles));
    }
  });
});

describe('changing the provider', () => {
  it('keeps what both have, takes out what is the old one’s and begins what the new one needs', async () => {
    await rewrites(
      `canton.participants.p1.crypto {
  provider = kms
  kms {
    type = a‸ws # of ours
    region = us-east-1
    audit-logging = true
    # kept
    retries { failures { initial-delay = 1s, max-delay = 2s, max-retries = 3 } }
  }
}
`,
      /to 'gcp'/,
      `canton.participants.p1.crypto {
  provider = kms
  kms {
    type = gcp # of ours
    location-id = us-east1
    project-id = my-project
    key-ring-id = canton-keys
    audit-logging = true
    # kept
    retries { failures { initial-delay = 1s, max-delay = 2s, max-retries = 3 } }
  }
}
`,
    );
  });

  it('works on dotted keys and on one line', async () => {
    const P = 'canton.participants.p1.crypto';
    await rewrites(
      `${P}.k‸ms.type = gcp\n${P}.kms.location-id = us-east1\n${P}.kms.project-id = p\n${P}.kms.key-ring-id = k\n`,
      /to 'aws'/,
      `${P}.kms.type = aws\n${P}.kms.region = us-east-1\n`,
    );
    await rewrites(
      `${P}.kms { type = aws‸, region = r, multi-region-key = true }\n`,
      /to 'driver'/,
      `${P}.kms { type = driver, name = aws-kms, config {} }\n`,
    );
  });

  it('leaves a section that Canton reads', async () => {
    const bench = workbench('canton.participants.p1.crypto.kms { type = aws‸, region = us-east-1 }\n');
    const actions = (await offered(bench, ['refactor.rewrite'])).filter(({ title }) => title.startsWith('Change'));
    assert.equal(actions.length, 2);
    for (const action of actions) {
      bench.service.update(bench.cursor.uri, applied(bench, action)['main.conf'] ?? '');
      const errors = (await bench.service.diagnostics(bench.cursor.uri)).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, [], action.title);
    }
  });

  it('is offered at the section and at its type only', async () => {
    for (const text of [
      'canton.participants.p1.crypto.kms { type = aws, re‸gion = r }',
      'canton.participants.p1.cr‸ypto.kms.type = aws',
    ]) {
      assert.ok(Array.isArray(await refactor(text, /Change the provider/)), text);
    }
  });
});
