import assert from 'node:assert/strict';
import type { CheckReport } from '../../../server/src/cli/report';
import { github } from '../../../server/src/cli/reporters/github';
import { json } from '../../../server/src/cli/reporters/json';
import { junit } from '../../../server/src/cli/reporters/junit';
import { pretty } from '../../../server/src/cli/reporters/pretty';
import { sarif } from '../../../server/src/cli/reporters/sarif';

const at = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});

const nothing = { configPath: undefined, launchSet: undefined, related: [] };

const report: CheckReport = {
  cantonVersion: '3.5',
  edition: 'enterprise',
  coverage: { checked: 3, unknown: 1, notLookedAt: 0, missing: ['REGION'] },
  kinds: { hocon: 1 },
  projects: [],
  files: [
    {
      path: 'a dir/bad,1.conf',
      text: 'canton {\r\n\tregoin = "<eu>"\r\n}\r\n',
      diagnostics: [
        {
          code: 'read/unknown-key',
          severity: 'error',
          message: 'Unknown key "regoin": 100% wrong.\nWrite "region".',
          range: at(1, 1, 7),
          configPath: 'canton.regoin',
          launchSet: 'prod',
          related: [{ path: 'base.conf', range: at(4, 0, 2), message: 'included here' }],
        },
        { code: 'advice/x', severity: 'hint', message: 'A & B', range: at(0, 0, 8), ...nothing },
      ],
    },
    { path: 'good.conf', text: '', diagnostics: [] },
  ],
};

describe('reporters', () => {
  it('json follows the contract', () => {
    const parsed = JSON.parse(json(report, { colors: false }));
    assert.equal(parsed.version, 1);
    assert.equal(parsed.cantonVersion, '3.5');
    assert.deepEqual(parsed.summary, { errors: 1, warnings: 0, infos: 0, hints: 1 });
    assert.deepEqual(
      parsed.files.map((file: { path: string }) => file.path),
      ['a dir/bad,1.conf', 'good.conf'],
    );
    assert.deepEqual(parsed.files[0].diagnostics[0], {
      code: 'read/unknown-key',
      severity: 'error',
      message: 'Unknown key "regoin": 100% wrong.\nWrite "region".',
      range: { start: { line: 1, character: 1 }, end: { line: 1, character: 7 } },
      configPath: 'canton.regoin',
      launchSet: 'prod',
    });
  });

  it('github escapes what its commands are made of', () => {
    assert.equal(
      github(report, { colors: false }),
      '::error file=a dir/bad%2C1.conf,line=2,endLine=2,col=2,endColumn=8,title=read/unknown-key::' +
        'Unknown key "regoin": 100%25 wrong.%0AWrite "region".\n' +
        '::notice file=a dir/bad%2C1.conf,line=1,endLine=1,col=1,endColumn=9,title=advice/x::A & B\n',
    );
  });

  it('junit fails a case for each error, passes clean files and escapes XML', () => {
    const xml = junit(report, { colors: false });
    assert.match(xml, /<testsuites name="canton-kms" tests="2" failures="1">/);
    assert.match(xml, /message="Unknown key &quot;regoin&quot;: 100% wrong\.&#10;Write/);
    assert.match(xml, /<testsuite name="good.conf" tests="1" failures="0" errors="0">\n {4}<testcase name="check"/);
  });

  it('sarif names each rule once and every place from one', () => {
    const rules = [{ code: 'read/unknown-key', title: 'A key that Canton does not know', docs: 'Canton refuses it.' }];
    const { version, runs } = JSON.parse(sarif(rules)(report, { colors: false }));
    assert.equal(version, '2.1.0');
    const [first, second] = runs[0].results;
    assert.equal(runs[0].tool.driver.rules[first.ruleIndex].shortDescription.text, rules[0]?.title);
    assert.equal(runs[0].tool.driver.rules[second.ruleIndex].id, 'advice/x');
    assert.equal(first.level, 'error');
    assert.equal(second.level, 'note');
    const { artifactLocation, region } = first.locations[0].physicalLocation;
    assert.equal(artifactLocation.uri, 'a%20dir/bad,1.conf');
    assert.deepEqual(region, { startLine: 2, startColumn: 2, endLine: 2, endColumn: 8 });
    assert.equal(first.relatedLocations[0].message.text, 'included here');
  });

  it('sarif keeps to what its schema asks for', () => {
    const twice = [{ path: 'x.conf', range: at(0, 0, 1), message: 'here' }];
    const diagnostic = { code: 'c', severity: 'error' as const, message: 'm', range: at(0, 0, 0), ...nothing };
    const paths = ['a#b?.conf', 'c:d.conf', '/tmp/ä b.conf', 'C:/x/y.conf'];
    const files = paths.map((path) => ({
      path,
      text: '',
      diagnostics: [diagnostic, { ...diagnostic, related: [...twice, ...twice] }],
    }));
    const [run] = JSON.parse(sarif([])({ ...report, files }, { colors: false })).runs;
    const uris = run.results.map(
      (one: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        one.locations[0]?.physicalLocation.artifactLocation.uri,
    );
    assert.deepEqual(
      [...new Set(uris)],
      ['a%23b%3F.conf', 'c%3Ad.conf', 'file:///tmp/%C3%A4%20b.conf', 'file:///C:/x/y.conf'],
    );
    for (const { message, level, ruleIndex, relatedLocations } of run.results) {
      assert.ok(message.text !== '' && ['none', 'note', 'warning', 'error'].includes(level));
      assert.equal(run.tool.driver.rules[ruleIndex].id, 'c');
      assert.ok(relatedLocations.length < 2);
    }
  });

  it('pretty underlines the place, tabs and CRLF notwithstanding', () => {
    const text = pretty(report, { colors: false });
    assert.match(text, /^a dir\/bad,1\.conf:2:2 error Unknown key "regoin"/);
    assert.match(text, /\n {4}2 \| {2}regoin = "<eu>"\n {4} {2}\| {2}\^{6}\n/);
    assert.match(text, /base\.conf:5:1 included here/);
    assert.match(
      text,
      /2 files checked as Canton 3\.5 enterprise: 1 error, 0 warnings, 1 hint\n4 values: 3 checked, 1 unknown \(REGION\), 0 not checked\nRun `canton-kms explain CODE`/,
    );
    assert.ok(!text.includes('\u001b'));
    assert.ok(pretty(report, { colors: true }).includes('\u001b[31merror\u001b[0m'));
  });

  it('pretty cuts a long line around the place', () => {
    const long = `${'x'.repeat(5000)}bad${'y'.repeat(5000)}`;
    const diagnostic = { code: 'c', severity: 'error' as const, message: 'm', range: at(0, 5000, 5003), ...nothing };
    const text = pretty(
      { ...report, files: [{ path: 'p', text: long, diagnostics: [diagnostic] }] },
      { colors: false },
    );
    assert.ok(Math.max(...text.split('\n').map((line) => line.length)) < 140);
    const [code, marks] = text.split('\n').slice(1, 3) as [string, string];
    assert.equal(code.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'bad');
  });
});
