import assert from 'node:assert/strict';
import { applyChanges } from '../../../server/src/edits/changes';
import type { PlannedEdit } from '../../../server/src/operations/plan';
import { LineIndex } from '../../../server/src/text/line-index';
import { workbench } from '../../kit/service';

const KMS = 'kms:\n  type: aws\n  region: us-east-1\n';
const SETTING = 'canton.participants.participant.crypto.session-signing-keys.enabled = true';

function edited(text: string, edits: readonly PlannedEdit[]): string {
  const lines = new LineIndex(text);
  const changes = edits.map(({ file, range, newText }) => ({
    uri: file,
    range: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
    newText,
  }));
  return applyChanges(text, changes);
}

describe('a plan for HOCON inside another document', () => {
  const cases: readonly (readonly [what: string, name: string, before: string, after: string])[] = [
    [
      'adds a variable behind those of a chart',
      'values.yaml',
      `${KMS}additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_A\n    value: canton.parameters.non-standard-config = no\n\nb: 1\n`,
      `${KMS}additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_A\n    value: canton.parameters.non-standard-config = no\n` +
        `  - name: ADDITIONAL_CONFIG_ZZ_SETTINGS\n    value: |\n      ${SETTING}\n\nb: 1\n`,
    ],
    [
      'writes the first variable of a chart, where it has none',
      'values.yaml',
      `p:\r\n  ${KMS.replaceAll('\n', '\r\n  ').trimEnd()}\r\nc: 1\r\n`,
      `p:\r\n  ${KMS.replaceAll('\n', '\r\n  ').trimEnd()}\r\n  additionalEnvVars:\r\n    - name: ADDITIONAL_CONFIG_ZZ_SETTINGS\r\n` +
        `      value: |\r\n        ${SETTING}\r\nc: 1\r\n`,
    ],
    [
      'and where its list is empty',
      'values.yaml',
      `${KMS}additionalEnvVars: []\n`,
      `${KMS}additionalEnvVars: \n  - name: ADDITIONAL_CONFIG_ZZ_SETTINGS\n    value: |\n      ${SETTING}\n`,
    ],
    [
      'edits a block where it stands',
      'compose.yaml',
      'services:\n  p:\n    environment:\n      - |\n        ADDITIONAL_CONFIG_KMS=\n          canton.participants.participant.crypto {\n            provider = kms\n            kms { type = aws, region = us-east-1 }\n          }\n',
      'services:\n  p:\n    environment:\n      - |\n        ADDITIONAL_CONFIG_KMS=\n          canton.participants.participant.crypto {\n            provider = kms\n            kms { type = aws, region = us-east-1 }\n            session-signing-keys.enabled = true\n          }\n',
    ],
  ];
  for (const [what, name, before, after] of cases) {
    it(`${what}, and its way back gives the file its former text`, async () => {
      const { service, fixture } = workbench(`-- ${name} --\n${before}`, { force: { version: '3.5' } });
      const { uri } = fixture.main;
      const request = { uri, procedure: 'enable-session-signing-keys', node: 'participants.participant', options: {} };
      const plan = await service.plan(request);
      assert.deepEqual(plan.reasons, []);
      const edits = (steps: typeof plan.steps) => steps.flatMap((step) => step.edits);
      const forward = edits(plan.steps);
      assert.deepEqual(new Set(forward.map(({ file }) => file)), new Set([uri]));
      const then = edited(before, forward);
      assert.equal(then, after);
      assert.equal(edited(then, edits(plan.rollback)), before);
    });
  }

  it('is held against the rules as it would be then', async () => {
    const text = `${KMS}additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_A\n    value: canton.participants.participant.crypto.session-signing-keys.enabledd = true\n`;
    const { service, fixture } = workbench(`-- values.yaml --\n${text}`, { force: { version: '3.5' } });
    const request = { procedure: 'enable-session-signing-keys', node: 'participants.participant', options: {} };
    const plan = await service.plan({ uri: fixture.main.uri, ...request });
    assert.equal(plan.possible, false);
    assert.match(plan.reasons.join(' '), /would refuse/);
  });
});
