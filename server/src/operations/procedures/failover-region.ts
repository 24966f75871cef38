import { type KmsTypeFacts, kmsTypeFacts, kmsTypeOrDriver } from '../../../../schemas/kms-types';
import { parseArn } from '../../model/facts/key-id';
import { listVault, liveness } from '../console';
import { type Facts, is2x, option, textAt } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { ask } from '../procedure';
import { editionRefusals, rejoin } from '../shared/envelope';
import { allowed } from '../shared/requirements';
import { editSteps, restart, step } from '../steps';

const REGION = 'region';

/**
 * Procedure (n): multi-region keys have the same id and material in every region that they are replicated to, so that
 * nothing but the region changes. Source: `kms_aws_config.rst`, `explanations/security.rst` 3.5; run on 3.5, both modes.
 */
export const failoverRegion: Procedure = {
  name: 'failover-region',
  title: 'Fail over to another region of AWS',
  summary: 'Use the replicas of multi-region keys in another region, with the same node and database',
  answers: { [REGION]: 'the region to switch to' },
  refusals: (facts) => [...editionRefusals(facts), ...kmsRefusals(facts)],
  questions: () => [ask(`set.${REGION}`, 'Region to switch to', 'eu-west-1')],
  plan: (facts) => {
    const region = option(facts, `set.${REGION}`);
    if (region === undefined) return { refusals: ['The region is not given: `--set region=eu-west-1`.'] };
    const refusals = regionRefusals(facts, region);
    return refusals.length > 0 ? { refusals } : failover(facts, region);
  },
};

function kmsRefusals({ target }: Facts): readonly string[] {
  if (target.mode === 'none') return [`${target.id} uses no KMS.`];
  return REFUSALS[kmsTypeFacts(kmsTypeOrDriver(target.kmsType)).replicatedBy];
}

const REFUSALS: Readonly<Record<KmsTypeFacts['replicatedBy'], readonly string[]>> = {
  key: [],
  'key-ring': [
    'At Google Cloud location and key ring are part of every key name: another location has other keys. A key ring of a multi-region location survives an outage by itself. To switch to another one: `change-provider`.',
  ],
  driver: ['Regions depend on the KMS behind the driver. See what it offers.'],
};

function regionRefusals(facts: Facts, region: string): string[] {
  const { target } = facts;
  if (region === textAt(facts, 'crypto', 'kms', REGION)) return [`${target.id} uses region '${region}' already.`];
  const id = textAt(facts, 'crypto', 'private-key-store', 'encryption', 'wrapper-key-id') ?? '';
  const isMultiRegion = /(?:^|[:/])mrk-/.test(id);
  if (target.mode !== 'envelope' || id === '' || isMultiRegion) return [];
  if (id.startsWith('alias/')) return [];
  return [
    `The configured wrapper key '${id}' is not a multi-region key, so it has no replica in '${region}'. While its region answers: \`rotate-wrapper-key\` with \`--set multi-region-key=true\`.`,
  ];
}

function failover(facts: Facts, region: string): Outcome {
  const { target, ref } = facts;
  const kms = [...target.path, 'crypto', 'kms'];
  const written = textAt(facts, 'crypto', 'private-key-store', 'encryption', 'wrapper-key-id');
  const arn = written === undefined ? undefined : parseArn(written);
  const edit = editSteps(facts, 'Change the region', 'The keys have the same ids there.', [
    { kind: 'set', path: [...kms, REGION], value: region },
    // An ARN names the old region; the id alone is the same in both.
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
  if (edit === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  const isExternal = target.mode === 'external';
  const ids = is2x(facts)
    ? `${ref}.keys.secret.list().flatMap(_.wrapperKeyId).distinct`
    : `${ref}.keys.secret.list().flatMap(k => k.kmsKeyId.toList ++ k.wrapperKeyId.toList).distinct`;
  return {
    warnings: [
      `Every key in use must be a multi-Region key that is replicated to ${region}. A key of one region has no replica: wait for its region.`,
      'A key that was registered by its ARN or by an alias names the old region: it is not found in the new one.',
      `Keys that Canton makes from then on are made in ${region}: replicate them back before you return.`,
      'Fail over the database separately: nothing may write in the old region any more.',
    ],
    steps: [
      step(
        'console',
        'List the ids of all keys',
        'While the node still runs; else take them from the table of keys. All of them begin with `mrk-`.',
        [ids],
      ),
      step(
        'external',
        'Look at every key in the new region',
        `Each id must be \`Enabled\` there, and \`MultiRegion\` be true. Key policies are per replica: ${allowed(target.kmsType ?? '', { mode: isExternal ? 'external' : 'envelope', creates: false })}\n\n\`\`\`sh\naws kms describe-key --region ${region} --key-id <id> --query 'KeyMetadata.[KeyState,MultiRegion,MultiRegionConfiguration.MultiRegionKeyType]'\n\`\`\``,
      ),
      ...edit.forward,
      restart(facts, `It calls the KMS of ${region} alone. Nothing is registered and nothing rotated.`),
      ...rejoin(facts),
      step('verify', 'Verify', 'The keys and their ids are the same as before.', [
        listVault(facts),
        ...liveness(facts),
      ]),
    ],
    rollback: [...edit.back, restart(facts, 'It calls the KMS of the old region again.')],
  };
}
