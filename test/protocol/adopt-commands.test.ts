import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, TestFolder } from '../kit/built';
import { GOOD } from './kit/texts';

const COMPOSE = `services:
  db:
    image: postgres:16
  participant:
    image: digitalasset/canton-open-source:\${CANTON_VERSION:-3.3.0}
    command:
      - daemon
      - --config
      - /canton/conf/shared.conf
      - -c
      - /canton/conf/p1.conf
    volumes:
      - ./conf:/canton/conf:ro
  proxy:
    command: nginx -c /etc/nginx/nginx.conf
`;
const CHART = `apiVersion: apps/v1
kind: StatefulSet
spec:
  template:
    spec:
      containers:
        - name: sequencer
          args: ["daemon", "-c", "/conf/shared.conf", "-c", "/conf/s1.conf"]
`;
const SCRIPT =
  '#!/bin/sh\n# bin/canton -c conf/old.conf\nexec bin/canton daemon \\\n  -c conf/shared.conf,conf/s1.conf \\\n  --config=conf/p1.conf\n';

describe('adopting canton-kms', () => {
  let folder: TestFolder;
  const cli = (...args: string[]) => runCli(args, { cwd: folder.path });
  before(() => {
    folder = new TestFolder({
      'conf/p1.conf': GOOD,
      'conf/s1.conf': 'canton.sequencers.s1.storage.type = memory\n',
      'conf/shared.conf': 'canton.features.enable-preview-commands = yes\n',
      'docker-compose.yml': COMPOSE,
      '.env': 'CANTON_VERSION=3.4.8\n',
      'chart/templates/sequencer.yaml': CHART,
      'run.sh': SCRIPT,
    });
  });
  after(() => folder.remove());

  it('init writes what Compose, charts, scripts and images say, and never overwrites', async () => {
    const printed = await cli('init', '--print');
    assert.deepEqual(JSON.parse(printed.stdout), {
      cantonVersion: '3.4.8',
      edition: 'community',
      launchSets: {
        sequencer: ['conf/shared.conf', 'conf/s1.conf'],
        participant: ['conf/shared.conf', 'conf/p1.conf'],
        run: ['conf/shared.conf', 'conf/s1.conf', 'conf/p1.conf'],
      },
      mounts: { '/canton/conf': 'conf' },
    });
    const written = await cli('init');
    assert.equal(written.code, 0);
    assert.match(written.stderr, /^launch set "participant" is from docker-compose\.yml:8\n/m);
    assert.match(written.stderr, /^wrote "canton-kms\.json"\n$/m);
    const text = readFileSync(join(folder.path, 'canton-kms.json'), 'utf8');
    assert.equal(text, printed.stdout);
    const report = JSON.parse((await cli('check', '--format', 'json')).stdout);
    assert.equal(report.cantonVersion, '3.4');
    const found = report.files.flatMap((file: { diagnostics: { code: string }[] }) => file.diagnostics);
    assert.deepEqual(
      found.filter(({ code }: { code: string }) => code.startsWith('project/')),
      [],
    );
    const again = await cli('init');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /exists already/);
    assert.equal(readFileSync(join(folder.path, 'canton-kms.json'), 'utf8'), text);
    assert.equal((await cli('init', 'chart')).code, 2);
  });

  it('init takes no version where images differ', async () => {
    const two = new TestFolder({
      'a.conf': GOOD,
      'a.yaml': 'image: x/canton-participant:0.5.3\n',
      'b.yaml': 'image: x/canton-participant:0.4.1\n',
    });
    const { stdout, stderr } = await runCli(['init', '--print'], { cwd: two.path });
    assert.equal(stdout, '{}\n');
    assert.match(
      stderr,
      /^images of several versions are started \(a\.yaml:1, b\.yaml:1\), so no version is written\n/,
    );
    two.write('b.yaml', 'image: x/canton-participant:0.5.3\n');
    assert.deepEqual(JSON.parse((await runCli(['init', '--print'], { cwd: two.path })).stdout), {
      spliceVersion: '0.5.3',
    });
    two.remove();
  });

  describe('completion', () => {
    const script = async (shell: string) => (await cli('completion', shell)).stdout;
    it('for bash offers commands, options, values, procedures and rules', async () => {
      const path = folder.write('completion.bash', await script('bash'));
      const offered = (...words: string[]) =>
        execFileSync(
          'bash',
          [
            '-c',
            `source ${path}; COMP_WORDS=(canton-kms "$@"); COMP_CWORD=$#; _canton_kms; printf '%s\\n' "\${COMPREPLY[@]}"`,
            'bash',
            ...words,
          ],
          { encoding: 'utf8' },
        )
          .trim()
          .split('\n');
      assert.deepEqual(offered('ch'), ['check']);
      assert.deepEqual(offered('check', '--fix', '--update'), ['--update-baseline']);
      assert.deepEqual(offered('check', '--format', 's'), ['sarif']);
      assert.deepEqual(offered('check', '--canton-version', '3.5'), ['3.5']);
      assert.deepEqual(offered('plan', 'rotate-w'), ['rotate-wrapper-key']);
      assert.deepEqual(offered('explain', 'read/unknown'), ['read/unknown-key']);
      // Bash completes files by itself.
      assert.deepEqual(offered('check', 'co'), ['']);
      assert.deepEqual(offered('check', '--output', ''), ['']);
    });

    it('for zsh and fish names every command and option', async () => {
      const help = (await cli('--help')).stdout;
      const names = [...help.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name = '']) => name);
      for (const shell of ['zsh', 'fish']) {
        const text = await script(shell);
        for (const name of names) assert.ok(text.includes(name), `${shell}: ${name}`);
        assert.match(text, shell === 'zsh' ? /--format\[.*pretty json sarif/ : /-l format -x -a 'pretty json sarif/);
      }
      assert.equal((await cli('completion')).code, 2);
      assert.equal((await cli('completion', 'csh')).code, 2);
    });
  });
});
