import { deepEqual, equal, match } from 'node:assert/strict';
import { withEdits } from '../../../server/src/operations/render';
import { workbench } from '../../kit/service';

async function plannedOn(file: string, text: string, procedure: string, options: Record<string, string> = {}) {
  const { service, fixture } = workbench(`-- ${file} --\n${text}`);
  const { uri } = fixture.main;
  const made = await service.planFiles([uri], { procedure, node: 'participants.participant', options });
  const { plan } = made;
  deepEqual(plan.reasons, []);
  const edits = plan.steps.flatMap((step) => step.edits);
  const after = withEdits(text, edits);
  const back = plan.rollback.flatMap((step) => step.edits);
  for (const edit of [...edits, ...back])
    deepEqual([edit.file, Object.keys(edit).sort()], [uri, ['file', 'newText', 'range']]);
  equal(withEdits(after, back), text, 'the way back gives the former text');
  return { after, markdown: made.markdown };
}

const MAP = `kms:
  type: aws
  region: eu-central-1 # of the bank
`;

describe('a plan on values of a chart or a Compose file', () => {
  it('says why a map cannot take it, and what can', async () => {
    const reasonsOf = async (text: string) => {
      const { service, fixture } = workbench(`-- values.yaml --\n${text}`);
      const options = { provider: 'none' };
      const request = { procedure: 'change-provider', node: 'participants.participant', options };
      return (await service.planFiles([fixture.main.uri], request)).plan.reasons;
    };
    const [reason, ...others] = await reasonsOf(MAP);
    deepEqual(others, []);
    match(reason ?? '', /^The chart writes 'provider = kms' .* Write both into a variable `ADDITIONAL_CONFIG_…`/);
    const variable =
      'kms { type = aws, region = eu-central-1 }\n      canton.participants.participant.crypto.provider = kms\n';
    deepEqual(
      await reasonsOf(
        `additionalEnvVars:\n  - name: ADDITIONAL_CONFIG_KMS\n    value: |\n      canton.participants.participant.crypto.${variable}`,
      ),
      [],
    );
  });

  it('changes and adds entries of the map', async () => {
    const moved = await plannedOn('values.yaml', MAP, 'failover-region', { 'set.region': 'eu-west-1' });
    equal(moved.after, MAP.replace('eu-central-1', 'eu-west-1'));
    match(moved.markdown, /^ {2}-\s+region: eu-central-1/m);
    const options = { 'set.key': 'signing', 'set.multi-region-key': 'yes' };
    equal(
      (await plannedOn('values.yaml', MAP, 'rotate-external-keys', options)).after,
      `${MAP}  multiRegionKey: true\n`,
    );
  });

  it('writes what the map has no place for into a variable of its own', async () => {
    const own = `  - name: ADDITIONAL_CONFIG_ZZ_SETTINGS
    value: |
      canton.participants.participant.crypto.session-signing-keys.enabled = true
`;
    equal(
      (await plannedOn('values.yaml', MAP, 'enable-session-signing-keys')).after,
      `${MAP}additionalEnvVars:\n${own}`,
    );
    const variables = `additionalEnvVars:
  - name: ADDITIONAL_CONFIG_TIMEOUTS
    value: canton.parameters.timeouts.processing.shutdown-processing = 3m
`;
    const text = `${MAP}${variables}replicas: 1\n`;
    equal(
      (await plannedOn('values.yaml', text, 'enable-session-signing-keys')).after,
      `${MAP}${variables}${own}replicas: 1\n`,
    );
  });

  it('writes into the variable that has the section', async () => {
    const compose = `services:
  p:
    image: digitalasset/canton-participant
    environment:
      ADDITIONAL_CONFIG_STORE: |
        canton.participants.participant {
          storage.type = postgres
        }
`;
    const options = { provider: 'aws', 'set.region': 'us-east-1', state: 'existing' };
    const { after } = await plannedOn('compose.yaml', compose, 'enable-envelope', options);
    match(
      after,
      /^ {10}storage\.type = postgres\n {10}crypto \{\n {12}kms \{\n {14}type = aws\n {14}region = us-east-1/m,
    );
  });

  it('writes a further variable where the present one has to stay on its line', async () => {
    const compose = `services:
  p:
    environment:
      ADDITIONAL_CONFIG_A: 'canton.participants.participant.storage.type = postgres'
`;
    const options = { provider: 'aws', 'set.region': 'us-east-1', state: 'existing' };
    const { after } = await plannedOn('compose.yaml', compose, 'enable-envelope', options);
    match(after, /^ {6}ADDITIONAL_CONFIG_SETTINGS: \|\n {8}canton\.participants\.participant\.crypto \{/m);
  });
});
