import assert from 'node:assert/strict';
import fc from 'fast-check';
import { github } from '../../server/src/cli/reporters/github';
import { gitlab } from '../../server/src/cli/reporters/gitlab';
import { json } from '../../server/src/cli/reporters/json';
import { junit } from '../../server/src/cli/reporters/junit';
import { pretty } from '../../server/src/cli/reporters/pretty';
import { sarif } from '../../server/src/cli/reporters/sarif';
import { plan } from '../../server/src/operations/planner';
import { versionsOf } from '../../server/src/operations/procedure';
import { procedures } from '../../server/src/operations/procedures';
import { renderMarkdown } from '../../server/src/operations/render';
import { renderConsole } from '../../server/src/operations/script';
import { hostileText, OBEYED } from '../kit/hostile-text';
import { targetsIn } from '../kit/markdown';
import { hoverOn } from './features/requests/hover/hover-on';
import { type Launch, launch } from './operations/kit';

function requestOn({ config, tree }: Launch) {
  return { config, tree, errors: [], check: () => [] };
}

/** The lines of a Scala script that are code: neither blank nor a comment. */
function codeIn(script: string): string[] {
  return script.split(/[\n\r\f\u0085\u2028\u2029]/).filter((line) => !/^\s*(?:\/\/.*)?$/.test(line));
}

const ENVELOPE = (name: string, id: string) => `canton.participants.${JSON.stringify(name)} {
  storage.type = postgres
  crypto.kms { type = aws, region = us-east-1 }
  crypto.private-key-store.encryption { type = kms, wrapper-key-id = ${JSON.stringify(id)} }
}
`;

const ANSWERS = ['wrapper-key-id', 'new-key-id', 'fingerprint', 'provider', 'mode', 'set.region', 'set.name'];

describe('texts of a configuration that are code elsewhere', () => {
  for (const name of [
    'a`b',
    'a\nval x = 1',
    'a\rsys.exit(1)',
    'a\\u0060',
    '\u001b[31m',
    'a b',
    '![x](http://x.example/y.png)',
  ]) {
    it(`a node called ${JSON.stringify(name)} makes every plan impossible`, async () => {
      const launched = await launch(ENVELOPE(name, 'alias/x'));
      for (const one of procedures) {
        const procedure = one.name;
        for (const version of versionsOf(one)) {
          const node = `participants.${name}`;
          const made = plan({ ...requestOn(launched), procedure, node, version, edition: 'enterprise', options: {} });
          assert.equal(made.possible, false);
          assert.deepEqual(codeIn(renderConsole(made)), []);
          assert.deepEqual(targetsIn(renderMarkdown(made, () => undefined)), []);
        }
      }
    });
  }

  it('an answer is one string in a script and itself in a runbook', async () => {
    const launched = await launch(ENVELOPE('p1', 'alias/x'));
    const request = { ...requestOn(launched), node: 'participants.p1', version: '3.5', edition: 'enterprise' } as const;
    const procedure = fc.constantFrom(...procedures.filter((one) => versionsOf(one).includes('3.5')));
    fc.assert(
      fc.property(procedure, fc.constantFrom(...ANSWERS), hostileText, ({ name }, option, answer) => {
        const made = plan({
          ...request,
          procedure: name,
          options: { state: 'existing', provider: 'gcp', [option]: answer },
        });
        const script = renderConsole(made);
        assert.doesNotMatch(script, OBEYED);
        // The answer occurs only in literals: without them, the script is the same for every answer.
        for (const line of codeIn(script)) assert.doesNotMatch(line.replace(/"(?:[^"\\]|\\.)*"/g, ''), /["\n]/);
        const runbook = renderMarkdown(made, (uri) => launched.tree(uri)?.text);
        assert.doesNotMatch(runbook, OBEYED);
        assert.deepEqual(targetsIn(runbook), [], runbook);
      }),
      { numRuns: 300 },
    );
  });

  it('a value of the configuration is itself in a runbook', async () => {
    for (const id of [
      '![x](http://x.example/y.png)',
      '<img src=http://x.example>',
      '`![x](http://x.example)`',
      'a\n\n# b\n```',
    ]) {
      const launched = await launch(ENVELOPE('p1', id));
      for (const { name: procedure } of procedures) {
        const request = {
          ...requestOn(launched),
          procedure,
          node: 'participants.p1',
          version: '3.5',
          edition: 'enterprise',
        } as const;
        const runbook = renderMarkdown(
          plan({ ...request, options: { state: 'existing' } }),
          (uri) => launched.tree(uri)?.text,
        );
        assert.deepEqual(targetsIn(runbook), [], runbook);
      }
    }
  });

  it('keys and values are no images, links or HTML in a hover', async () => {
    const image = '![x](http://x.example/y.png)';
    for (const text of [
      image,
      '<img src=x>',
      'http://x.example',
      '//x.example',
      'www.x.example',
      '`</code><b>',
      'a\n\n# b',
    ]) {
      const quoted = JSON.stringify(text);
      for (const conf of [
        `canton.participants.p1.crypto.kms.reg‸ion = ${quoted}`,
        `canton.participants.p1.crypto.kms.region = ${quoted}\ncanton.participants.p1.crypto.kms.re‸gion = x`,
        `canton.participants.${quoted}.cry‸pto.kms.type = aws`,
        `_${'x'} = 1\ncanton.participants.p1.crypto.kms { type = driver, name = d, config { ${quoted}‸ = 1 } }`,
        `${quoted} = 1\ncanton.participants.p1.crypto.kms.region = \${‸${quoted}}`,
        `canton.participants.p1.crypto.kms.region = \${?‸${quoted}}`,
        `include ‸${quoted}`,
      ]) {
        const shown = await hoverOn(`${conf}\n`).catch(() => '');
        const strange = targetsIn(shown).filter((target) => !/^(?:file:\/\/\/project\/|https:\/\/docs\.)/.test(target));
        assert.deepEqual(strange, [], `${conf}\n${shown}`);
      }
    }
  });

  it('messages, paths and lines reach logs as they are seen', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (path, message, line) => {
        const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
        const related = [{ path, range, message }];
        const diagnostic = {
          code: 'a/b',
          severity: 'error',
          message,
          range,
          configPath: path,
          launchSet: path,
          related,
        } as const;
        const report = {
          cantonVersion: '3.5',
          edition: 'enterprise',
          coverage: { checked: 1, unknown: 1, notLookedAt: 0, missing: [line] },
          kinds: { hocon: 1, yaml: 1 },
          projects: [{ path, off: [line] }],
          files: [{ path, text: line, diagnostics: [diagnostic] }],
        };
        for (const reporter of [pretty, github, gitlab, json, junit, sarif([])]) {
          const text = reporter(report, { colors: false });
          assert.doesNotMatch(text, OBEYED);
          const commands = text.split('\n').filter((one) => /^\s*::|##\w*\[/.test(one));
          if (reporter === github) assert.ok(commands.length === 1 && commands[0]?.startsWith('::error file='));
          else if (reporter !== junit) assert.deepEqual(commands, []);
        }
      }),
      { numRuns: 300 },
    );
  });
});
