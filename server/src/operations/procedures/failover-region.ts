import { type KmsTypeFacts, kmsTypeFacts, kmsTypeOrDriver } from '../../../../schemas/kms-types';
import { parseArn } from '../../model/facts/key-id';
import { listVault, liveness } from '../console';
import { type Facts, is2x, option, textAt } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { ask } from '../procedure';
import { editionRefusals, rejoin, startUsing } from '../shared/envelope';
import { placeWarnings } from '../shared/provider';
import { allowed } from '../shared/requirements';
import { editSteps, noFileToChange, rollingRestart, step } from '../steps';

const REGION = 'region';
const ENDPOINT = 'endpoint-override';

/**
 * Procedure (n): multi-region keys have the same ID and material in every region to which they are replicated, so only
 * the region changes. Source: `kms_aws_config.rst`, `explanations/security.rst` 3.5; run on 3.5, both modes.
 */
export const failoverRegion: Procedure = {
  name: 'failover-region',
  title: 'Fail over to another region of AWS',
  summary: 'Use the replicas of multi-region keys in another region, with the same node and database',
  needsKeys: true,
  answers: { [REGION]: 'the region to switch to' },
  refusals: (facts) => [...editionRefusals(facts), ...kmsRefusals(facts)],
  questions: () => [ask(`set.${REGION}`, 'Region to switch to', 'eu-west-1')],
  plan: (facts) => {
    const region = option(facts, `set.${REGION}`);
    if (region === undefined) return { refusals: ['Missing region. Set it with `--set region=eu-west-1`.'] };
    const refusals = regionRefusals(facts, region);
    return refusals.length > 0 ? { refusals } : failover(facts, region);
  },
};

function kmsRefusals(facts: Facts): readonly string[] {
  const { target } = facts;
  if (target.mode === 'none') return [`${target.id} does not use a KMS. ${startUsing(facts)}`];
  return REFUSALS[kmsTypeFacts(kmsTypeOrDriver(target.kmsType)).replicatedBy];
}

const REFUSALS: Readonly<Record<KmsTypeFacts['replicatedBy'], readonly string[]>> = {
  key: [],
  'key-ring': [
    'In Google Cloud, location and key ring are part of every key name, so another location has other keys. A key ring in a multi-region location survives the outage of a region. To switch to another one, plan `change-provider`.',
  ],
  driver: ['Regions depend on the KMS behind the driver. See its documentation.'],
};

function regionRefusals(facts: Facts, region: string): string[] {
  const { target } = facts;
  if (region === textAt(facts, 'crypto', 'kms', REGION))
    return [`Nothing to do: ${target.id} already uses region '${region}'.`];
  const id = textAt(facts, 'crypto', 'private-key-store', 'encryption', 'wrapper-key-id') ?? '';
  const isMultiRegion = /(?:^|[:/])mrk-/.test(id);
  if (target.mode !== 'envelope' || id === '' || isMultiRegion) return [];
  if (id.startsWith('alias/')) return [];
  return [
    `The configured wrapper key '${id}' is not a multi-region key, so it has no replica in '${region}'. While its region is available, plan \`rotate-wrapper-key\` with \`--set multi-region-key=true\`.`,
  ];
}

function failover(facts: Facts, region: string): Outcome {
  const { target, ref } = facts;
  const kms = [...target.path, 'crypto', 'kms'];
  const written = textAt(facts, 'crypto', 'private-key-store', 'encryption', 'wrapper-key-id');
  const arn = written === undefined ? undefined : parseArn(written);
  const former = textAt(facts, 'crypto', 'kms', REGION);
  const endpoint = textAt(facts, 'crypto', 'kms', ENDPOINT);
  const edit = editSteps(facts, 'Change the region', 'The keys have the same IDs there.', [
    { kind: 'set', path: [...kms, REGION], value: region },
    ...(endpoint === undefined || former === undefined || !endpoint.includes(former)
      ? []
      : [{ kind: 'set', path: [...kms, ENDPOINT], value: endpoint.replaceAll(former, region) } as const]),
    // An ARN contains the old region; only the ID is the same in both regions.
    ...(arn === undefined || written === undefined
      ? []
      : [
          {
            kind: 'set',
            path: [...target.path, 'crypto', 'private-key-store', 'encryption', 'wrapper-key-id'],
            value: written.slice(written.lastIndexOf('/') + 1),
          } as const,
        ]),
  ]);
  if (edit === undefined) return noFileToChange(facts);
  const isExternal = target.mode === 'external';
  const ids = is2x(facts)
    ? `${ref}.keys.secret.list().flatMap(_.wrapperKeyId).distinct`
    : `${ref}.keys.secret.list().flatMap(k => k.kmsKeyId.toList ++ k.wrapperKeyId.toList).distinct`;
  return {
    warnings: [
      `Every key in use must be a multi-region key that is replicated to ${region}. A single-region key has no replica, and is unavailable until its region recovers.`,
      'A key that was registered by its ARN or by an alias refers to the old region and is not found in the new one.',
      `Canton creates new keys in ${region}. Replicate them to the old region before you switch back.`,
      'Fail over the database separately, and make sure that nothing writes to it in the old region.',
      ...(endpoint === undefined
        ? []
        : [
            `The node calls the KMS at '${ENDPOINT}', not at the endpoint of its region. The new one must lead to the KMS of ${region}.`,
          ]),
      ...placeWarnings(REGION, region),
    ],
    steps: [
      step(
        'console',
        'List the IDs of all keys',
        'Do this while the node still runs; otherwise use the table of keys. All IDs must begin with `mrk-`.',
        [ids],
      ),
      step(
        'external',
        'Check every key in the new region',
        `Each key must be \`Enabled\` there, and \`MultiRegion\` must be true. Each replica has its own key policy: ${allowed(facts, target.kmsType ?? '', { mode: isExternal ? 'external' : 'envelope', creates: false })}\n\n\`\`\`sh\naws kms describe-key --region ${region} --key-id <id> --query 'KeyMetadata.[KeyState,MultiRegion,MultiRegionConfiguration.MultiRegionKeyType]'\n\`\`\``,
      ),
      ...edit.forward,
      rollingRestart(facts, `The node calls only the KMS of ${region}. No key is registered or rotated.`),
      ...rejoin(facts),
      step('verify', 'Verify', 'The keys and their IDs are the same as before.', [
        listVault(facts),
        ...liveness(facts),
      ]),
    ],
    rollback: [...edit.back, rollingRestart(facts, 'The node calls the KMS of the old region again.')],
  };
}
