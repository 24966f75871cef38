import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { parse } from '../../server/src/hocon/syntax/parse';
import { rules } from '../../server/src/rules';
import { runCli, TestFolder } from '../kit/built';
import { commentsOf } from '../kit/comments';
import { BAD, GOOD, NGINX } from './kit/texts';

const AWS = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, regoin = eu-central-1 } }';

/** HOCON in each kind of file that may hold it. */
const CARRIERS: Readonly<Record<string, string>> = {
  'values.yaml': `additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_KMS\n    value: |\n      ${AWS}\n`,
  'quoted.yaml': `additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_KMS\n    value: "${AWS}" # kept\n`,
  'start.sh': `#!/bin/sh\ncat >p1.conf <<EOF\n${AWS}\nEOF\n`,
  'guide.md': `# Guide\n\n\`\`\`hocon\n${AWS}\n\`\`\`\n`,
  'guide.rst': `Guide\n=====\n\n.. code-block:: hocon\n\n   ${AWS}\n`,
  'p1.env': `ADDITIONAL_CONFIG_KMS=${AWS}\n`,
  'p1.conf.j2': `# {{ managed }}\n${AWS}\n`,
};

const commentsIn = (text: string) => commentsOf(parse('file:///a.conf', text));
const mended = (text: string) => text.replaceAll('regoin', 'region');

describe('canton-kms check --fix', () => {
  let folder: TestFolder;
  const check = (...args: string[]) => runCli(['check', ...args], { cwd: folder.path });
  const textOf = (name: string) => readFileSync(join(folder.path, name), 'utf8');
  beforeEach(() => {
    folder = new TestFolder({ 'good.conf': GOOD, 'sub/bad.conf': BAD, 'nginx.conf': NGINX });
  });
  afterEach(() => folder.remove());

  it('writes the plain fixes, says how many, and exits after what is left', async () => {
    const { code, stdout, stderr } = await check('--fix', '.');
    assert.deepEqual([code, stderr], [0, 'fixed 1 problem in 1 file\n']);
    assert.match(stdout, /2 files checked .*: 0 errors/);
    assert.equal(textOf('sub/bad.conf'), GOOD);
    assert.equal(textOf('nginx.conf'), NGINX);
    const again = await check('--fix', '.');
    assert.deepEqual([again.code, again.stderr], [0, '']);
  });

  it('leaves what needs a decision, or a value, and reports it', async () => {
    const text = 'canton.participants.p1 {\n  crypto { provider = kms, kms { type = aws } }\n  zebra = 1\n}\n';
    folder.write('open.conf', text);
    const { code, stdout } = await check('--fix', 'open.conf');
    assert.equal(code, 1);
    assert.match(stdout, /read\/missing-key/);
    assert.match(stdout, /read\/unknown-key/);
    assert.equal(textOf('open.conf'), text);
  });

  it('works in everything that HOCON is in, and touches nothing else there', async () => {
    for (const [name, text] of Object.entries(CARRIERS)) folder.write(`all/${name}`, text);
    const { code } = await check('--fix', 'all');
    assert.equal(code, 0);
    for (const [name, text] of Object.entries(CARRIERS)) assert.equal(textOf(`all/${name}`), mended(text), name);
  });

  it('with --diff writes nothing, and prints what patches the files', async () => {
    for (const [name, text] of Object.entries(CARRIERS)) folder.write(`all/${name}`, text);
    folder.write('all/crlf.conf', BAD.replaceAll('\n', '\r\n'));
    const { code, stdout, stderr } = await check('--fix', '--diff', 'all');
    assert.equal(code, 1);
    assert.match(stderr, /^--fix would fix 8 problems in 8 files; \d+ would remain\n$/);
    const patches = parsePatch(stdout);
    assert.equal(patches.length, 8);
    for (const patch of patches) {
      const name = (patch.newFileName ?? '').replace(/^b\//, '');
      const before = textOf(name);
      assert.match(before, /regoin/);
      assert.equal(applyPatch(before, patch), mended(before), name);
    }
    const piped = await runCli(['check', '--fix', '--diff', '-'], { cwd: folder.path, input: BAD });
    assert.match(piped.stdout, /^--- a\/stdin\.conf\n\+\+\+ b\/stdin\.conf\n/);
    const kept = await check('--fix', '--diff', '--quiet', '--output', 'fixes.patch', 'all');
    assert.deepEqual([kept.stdout, kept.stderr, textOf('fixes.patch')], ['', '', stdout]);
    assert.equal((await check('--diff', 'all')).code, 2);
    assert.equal((await check('--fix', '-')).code, 2);
  });

  it('keeps byte order mark, line ends, comments, mode and links', async () => {
    const text = `\ufeff# first\r\n${BAD.replaceAll('\n', ' // why\r\n')}`;
    const path = folder.write('real/marked.conf', text);
    chmodSync(path, 0o640);
    mkdirSync(join(folder.path, 'linked'));
    symlinkSync('../real/marked.conf', join(folder.path, 'linked/marked.conf'));
    assert.equal((await check('--fix', 'linked/marked.conf')).code, 0);
    assert.equal(textOf('real/marked.conf'), mended(text));
    assert.equal(statSync(path).mode & 0o777, 0o640);
    assert.ok(lstatSync(join(folder.path, 'linked/marked.conf')).isSymbolicLink());
    assert.deepEqual(readdirSync(join(folder.path, 'real')), ['marked.conf']);
  });

  it('writes nothing outside of what is named', async () => {
    folder.write('elsewhere/shared.conf', AWS);
    folder.write(
      'here/main.conf',
      'include "../elsewhere/shared.conf"\ncanton.participants.p1.storage.type = memory\n',
    );
    symlinkSync('../elsewhere/shared.conf', join(folder.path, 'here/link.conf'));
    folder.write('here/canton-kms.json', '{ "exclude": ["old/**"] }');
    folder.write('here/old/bad.conf', BAD);
    assert.equal((await check('--fix', 'here')).code, 1);
    assert.equal(textOf('elsewhere/shared.conf'), AWS);
    assert.equal(textOf('here/old/bad.conf'), BAD);
    assert.equal((await check('--fix', 'here', 'elsewhere')).code, 0);
    assert.equal(textOf('elsewhere/shared.conf'), mended(AWS));
  });

  it('says which files cannot be written, and exits with 2', async () => {
    chmodSync(folder.write('locked.conf', BAD), 0o444);
    folder.write('latin.conf', Buffer.concat([Buffer.from(BAD), Buffer.from([0x23, 0xe9, 0x0a])]));
    const { code, stderr } = await check('--fix', 'locked.conf', 'latin.conf');
    assert.equal(code, 2);
    assert.match(stderr, /^"locked\.conf" is read-only, so it is not written$/m);
    assert.match(stderr, /^"latin\.conf" is not valid UTF-8, so it is not written$/m);
    assert.equal(textOf('locked.conf'), BAD);
  });

  it('applies fixes that overlap one after the other', async () => {
    folder.write(
      'old.conf',
      "canton.participants.p1.crypto { provider = KMS, kms { type = 'aws', regoin = eu-central-1 } }\n",
    );
    await check('--fix', 'old.conf');
    assert.equal(
      textOf('old.conf'),
      mended('canton.participants.p1.crypto { provider = kms, kms { type = aws, regoin = eu-central-1 } }\n'),
    );
  });

  it('keeps a suppression that one of several launch sets needs', async () => {
    const kms = 'kms { type = aws, region = eu-central-1 }';
    const shared = `# canton-kms-ignore-next-line advice/audit-logging the trail keeps it\n${kms}\n`;
    folder.write('two/shared.conf', shared);
    const node = (name: string, more = '') =>
      `canton.participants.${name}.crypto { provider = kms, include "shared.conf"${more} }\n`;
    folder.write('two/a.conf', node('a'));
    folder.write('two/b.conf', node('b', ', kms.audit-logging = true'));
    await check('--fix', 'two');
    assert.equal(textOf('two/shared.conf'), shared);
  });

  describe('over the bad example of every rule', () => {
    const versions = [...new Set(rules.map(({ examples }) => examples.bad.version ?? '3.5'))];
    interface Found {
      readonly path: string;
      readonly diagnostics: readonly { code: string; severity: string; configPath?: string }[];
    }
    const errors = (files: readonly Found[]) =>
      files.flatMap(({ path, diagnostics }) =>
        diagnostics
          .filter(({ severity }) => severity === 'error')
          .map((one) => `${path} ${one.code} ${one.configPath}`),
      );

    for (const version of versions) {
      it(`makes no new error in ${version}, keeps comments, and changes nothing the second time`, async () => {
        const texts = new Map<string, string>();
        for (const { code, examples } of rules) {
          if ((examples.bad.version ?? '3.5') !== version) continue;
          const name = `${code.replace('/', '-')}.conf`;
          texts.set(name, `# about ${code}\n${examples.bad.text}`);
          writeFileSync(folder.write(`rules/${name}`, ''), texts.get(name) ?? '');
        }
        const run = async (...args: string[]) => {
          const ran = await check('--format', 'json', '--canton-version', version, ...args, 'rules');
          return { ...ran, files: JSON.parse(ran.stdout).files as readonly Found[] };
        };
        const before = errors((await run()).files);
        const fixed = await run('--fix');
        const after = errors(fixed.files);
        assert.deepEqual(
          after.filter((one) => !before.includes(one)),
          [],
        );
        const once = new Map([...texts.keys()].map((name) => [name, textOf(`rules/${name}`)]));
        const again = await run('--fix');
        assert.equal(again.stderr, '');
        for (const [name, text] of texts) {
          assert.equal(textOf(`rules/${name}`), once.get(name));
          const kept = commentsIn(once.get(name) ?? '');
          const lost = commentsIn(text).filter((one) => !kept.includes(one) && !one.includes('canton-kms-ignore'));
          assert.deepEqual(lost, [], name);
        }
        if (version === '3.5') assert.match(fixed.stderr, /^fixed \d{2,} problems in \d{2,} files$/m);
      });
    }
  });
});
