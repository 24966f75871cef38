import assert from 'node:assert/strict';
import { CANTON_VERSIONS, type CantonVersion, versionsSince } from '../../../schemas/version';
import type { Plan } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { partCount, renderConsole } from '../../../server/src/operations/script';
import { checkCalls } from '../../kit/console-calls';
import { launch, planned } from './kit';
import { CASES } from './plan-cases';
import { NETWORK } from './plan-network';

const node = (crypto: string) => `canton.participants.p1 { storage.type = postgres, crypto { ${crypto} } }\n`;
const PLAIN = node('');
const ENVELOPE = node(
  'kms { type = aws, region = r }, private-key-store.encryption { type = kms, wrapper-key-id = alias/a }',
);
const EXTERNAL = node('provider = kms, kms { type = aws, region = r }');
const AWS = { provider: 'aws', 'set.region': 'r', state: 'existing' };
const OLD = `1220${'ab'.repeat(32)}`;

async function planOf(
  text: string,
  procedure: string,
  options: Record<string, string> = {},
  version: CantonVersion = '3.5',
): Promise<Plan> {
  const made = plan({ procedure, node: 'participants.p1', options, ...planned(await launch(text), version) });
  assert.deepEqual(made.reasons, []);
  return made;
}

function partsOf(made: Plan): string[] {
  return Array.from({ length: partCount(made) }, (_, i) => renderConsole(made, i + 1));
}

function codeOf(script: string): string[] {
  return script.split('\n').filter((line) => line !== '' && !line.startsWith('//'));
}

describe('a console script', () => {
  it('has every console line in one of its parts, and all else as comments', async () => {
    for (const [text, procedure, options] of [
      [ENVELOPE, 'rotate-wrapper-key', {}],
      [PLAIN, 'enable-envelope', AWS],
      [EXTERNAL, 'delete-keys', { fingerprint: OLD }],
      [EXTERNAL, 'rotate-external-keys', {}],
      [PLAIN, 'migrate-export-keys', { ...AWS, 'set.namespace-key-spec': 'ec-curve-25519' }],
    ] as const) {
      const made = await planOf(text, procedure, options);
      const code = partsOf(made).flatMap(codeOf).join('\n');
      const checked = [...code.matchAll(/check\("(\S+) is running/g)].map(([, name]) => name);
      assert.deepEqual([...new Set(checked)], ['p1'], 'nodes, and not what has keys of its own');
      assert.doesNotMatch(code, /^\{/m, 'a block would be an argument of the line before');
      for (const line of made.steps.flatMap(({ console }) => console)) {
        if (/<[A-Za-z]/.test(line)) continue;
        assert.ok(code.includes(line.replace(/^val \w+ = /, '')), line);
      }
      for (const { text: body } of made.steps) assert.ok(body === '' || !code.includes(body), body);
      const whole = renderConsole(made);
      assert.ok(whole.split('\n').some((line) => line.startsWith('// Warning: ')));
    }
  });

  it('keeps a record: each check with its expression, what was expected and observed, and each value', async () => {
    const script = renderConsole(await planOf(ENVELOPE, 'rotate-wrapper-key'), 1);
    assert.match(script, /val records = better\.files\.File\("rotate-wrapper-key-participants\.p1\.record\.md"\)/);
    assert.match(script, /\| Time \| Step \| Check \| Expression \| Expected \| Observed \| Result \|/);
    assert.match(script, /"PASS" else "FAIL", what, currentExpression, "true", isTrue\.toString\)/);
    const lines = script.split('\n');
    for (const [i, line] of lines.entries()) {
      const [, asked] = /^(?:if \(.*\) )?check\("[^"]*"\)\((.*)\)(?: else .*)?$/.exec(line) ?? [];
      if (asked === undefined || i < lines.findIndex((one) => one.startsWith('currentStep = '))) continue;
      assert.match(lines[i - 1] ?? '', /^currentExpression = "/, line);
    }
    assert.match(script, /^currentStep = "6\. Verify"$/m);
    assert.match(script, /^if \(.*\) println\(skipped\("the effect is there already"\)\)/m);
  });

  it('says of what is asked elsewhere that it is skipped, and why', async () => {
    const script = renderConsole(await planOf(EXTERNAL, 'delete-keys', { fingerprint: OLD }), 1);
    assert.match(script, /^\/\/ <another node>\.keys/m);
    assert.match(
      script,
      /^currentExpression = "\[another node\]\.keys.*\nprintln\(skipped\("this is asked on another node, by hand"\)\)$/m,
    );
  });

  it('does not run the way back, and shows what has to be done by hand in it', async () => {
    const deleted = renderConsole(await planOf(EXTERNAL, 'delete-keys', { fingerprint: OLD }));
    assert.match(deleted, /^\/\/ To go back: Restore the key\n\/\/ .*cancel-key-deletion.*enable-key/m);
    const enabled = renderConsole(await planOf(PLAIN, 'enable-envelope', AWS));
    assert.match(enabled, /^\/\/ To go back: Or restore the backup\n\/\/ Stop the node/m);
    const lines = renderConsole(await planOf(ENVELOPE, 'rotate-wrapper-key')).split('\n');
    assert.ok(lines.includes('// p1.keys.secret.rotate_wrapper_key(before)'));
  });

  it('says its node and version, and checks both before anything else', async () => {
    const script = renderConsole(await planOf(ENVELOPE, 'rotate-wrapper-key'), 1);
    assert.match(script, /println\("rotate-wrapper-key: participants\.p1, Canton 3\.5, part 1 of 1"\)/);
    const [version = 0, running = 0, vault = 0, first = 0] = [
      'BuildInfo.version.startsWith("3.5.")',
      'p1.health.status.isActive',
      'forall(k => k.wrapperKeyId.isDefined)',
      'p1.keys.secret.rotate_wrapper_key(',
    ].map((piece) => script.indexOf(piece));
    assert.ok(version > 0 && version < running && running < vault && vault < first);
    assert.match(script, /PASS.*FAIL.*require\(/);
  });

  it('ends a part at every manual step, and lists the others where none is asked for', async () => {
    const made = await planOf(PLAIN, 'enable-envelope', AWS);
    assert.equal(partCount(made), 2);
    const [before = '', after = ''] = partsOf(made);
    assert.match(before, /wrapperKeyId\.isEmpty && k\.kmsKeyId\.isEmpty/);
    assert.doesNotMatch(before, /get_wrapper_key_id/);
    assert.match(before, /Manual steps now: 4\. Back up the database; 5\. Enable envelope encryption; 6\. Restart/);
    assert.match(after, /check\("of p1, every key is encrypted with a wrapper key"\)/);
    assert.match(after, /val fingerprints = noted\("fingerprints"\).*getOrElse\(sys\.error\(".*run part 1 first/);
    const listed = renderConsole(made);
    assert.match(listed, /^\/\/ Part 2 \(--part 2\)\n\/\/ Manual step: 4\. /m);
    assert.deepEqual(codeOf(listed), codeOf(before));
  });

  it('runs a part only behind the one before it', async () => {
    const [first = '', second = ''] = partsOf(await planOf(EXTERNAL, 'delete-keys', { fingerprint: OLD }));
    const line = 'check("part 1 was run, in this folder")(noted("part 1").isDefined)';
    assert.deepEqual([first.includes(line), second.includes(line)], [false, true]);
    assert.ok(first.includes('note("part 1", "done")'));
  });

  it('waits for a step that is waited for by hand, too', async () => {
    const made = await planOf(EXTERNAL, 'rotate-external-keys', { 'set.key': 'encryption', fingerprint: OLD });
    const parts = partsOf(made);
    const announced = parts.findIndex((part) => codeOf(part).some((line) => line.includes('add_key(')));
    const removed = parts.findIndex((part) => codeOf(part).some((line) => line.includes('remove_key(')));
    assert.ok(announced > 0 && removed > announced, 'with a wait between them');
    assert.match(parts[removed] ?? '', /Manual step: \d+\. Wait before you remove the old encryption key/);
  });

  it('may be run again: what was made is found again, and what is done is skipped', async () => {
    const rotation = renderConsole(await planOf(ENVELOPE, 'rotate-wrapper-key'), 1);
    assert.match(rotation, /val before = noted\("before"\)\.getOrElse \{/);
    assert.match(
      rotation,
      /if \(p1\.keys\.secret\.get_wrapper_key_id\(\) != before\) println\(.*\) else show\(p1\.keys/,
    );
    const steps = partsOf(
      await planOf(EXTERNAL, 'rotate-external-keys', { 'set.key': 'encryption', fingerprint: OLD }),
    );
    const [made, ...later] = steps.filter((part) => /generate_encryption_key|noted\("newKey"\)/.test(part));
    assert.match(
      made ?? '',
      /val newKey = noted\("newKey"\)\.map\(.*getOrElse \{ val made = p1\.keys\.secret\.generate_encryption_key/,
    );
    const lost =
      /the database is older than " \+ notes\.name .* remove its line from that file, and run the script again/;
    for (const part of [made ?? '', ...later]) assert.match(part, lost, 'the way on where the key is lost');
    for (const part of later) assert.doesNotMatch(codeOf(part).join('\n'), /generate_encryption_key/);
    assert.match(later.join('\n'), /if \(.*exists\(_\.id == newKey\.id\)\) println\(.*\) else show\(.*add_key\(newKey/);
  });

  it('does not run before it is filled in', async () => {
    const made = await planOf(PLAIN, 'migrate-export-keys', AWS);
    const register = partsOf(made).find((part) => part.includes('register_kms_signing_key(')) ?? '';
    assert.match(register, /"KMS key ID of the signing key" -> "<KMS key ID of the signing key>",/);
    assert.match(register, /register_kms_signing_key\(answer\("KMS key ID of the signing key"\), /);
    const code = codeOf(register);
    const guard = code.findIndex((line) => /answer\.foreach.*require\(!value\.startsWith\("<"\)/.test(line));
    assert.ok(guard > 0 && code.slice(0, guard).every((line) => !line.startsWith('show(p1')));
    const open = partsOf(await planOf(PLAIN, 'restore-keys', { state: 'existing' })).find((part) =>
      part.includes('<usage of the lost key>'),
    );
    assert.match(open ?? '', /^require\(false, "Replace the text .*remove this one\."\)$/m);
    assert.doesNotMatch(partsOf(await planOf(ENVELOPE, 'revert-envelope')).join(), /answer\(|Replace the text/);
  });

  it('has no line that must be completed, but for keys that are lost, and no name twice', async () => {
    const network = await launch(NETWORK);
    for (const version of versionsSince('3.4')) {
      for (const { name, procedure, node: id, options, versions = CANTON_VERSIONS } of CASES) {
        if (!versions.includes(version) || name === 'restore-keys-clear') continue;
        const of = id.includes('.') ? id : `participants.${id}`;
        const made = plan({ procedure, node: of, options, ...planned(network, version) });
        const open = partsOf(made)
          .flatMap(codeOf)
          .filter((line) => line.startsWith('require(false'));
        assert.deepEqual(open, [], `${name} in Canton ${version}`);
      }
    }
  });

  it('leaves looking from another node to the operator', async () => {
    assert.match(partsOf(await planOf(EXTERNAL, 'rotate-external-keys')).join(), /^\/\/ <another node>\.keys/m);
  });

  it('deletes a key only where it is announced nowhere', async () => {
    const parts = partsOf(await planOf(EXTERNAL, 'delete-keys', { fingerprint: OLD }));
    const last = codeOf(parts.find((part) => codeOf(part).some((line) => line.includes('secret.delete('))) ?? '');
    const deletion = last.findIndex((line) => line.includes('secret.delete('));
    const proof = last.findIndex((line) => line.includes('check("the key is neither announced nor proposed'));
    assert.ok(proof >= 0 && proof < deletion);
  });

  it('calls only what its version has', async () => {
    for (const version of CANTON_VERSIONS) {
      const made = await planOf(ENVELOPE, 'rotate-wrapper-key', {}, version);
      assert.deepEqual(checkCalls(partsOf(made).join('\n'), version, new Set(['p1'])), []);
    }
  });

  it('says why a procedure is not possible, and runs nothing', async () => {
    const made = plan({
      procedure: 'rotate-external-keys',
      node: 'participants.p1',
      options: {},
      ...planned(await launch(ENVELOPE), '3.5'),
    });
    assert.deepEqual(codeOf(renderConsole(made)), []);
    assert.match(renderConsole(made), /^\/\/ Not possible: /m);
  });
});
