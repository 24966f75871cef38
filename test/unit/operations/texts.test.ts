import { join } from 'node:path';
import type { CantonVersion, Edition } from '../../../schemas/version';
import { plan } from '../../../server/src/operations/planner';
import { policyFor } from '../../../server/src/operations/policy/policy';
import { creationFor } from '../../../server/src/operations/preflight/create';
import type { KeyRole } from '../../../server/src/operations/preflight/given-keys';
import { preflightFor } from '../../../server/src/operations/preflight/preflight';
import { outlookAfter, outlookSections } from '../../../server/src/operations/trouble/outlook';
import { recording } from '../../kit/recorded';
import { launch, planned } from './kit';

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ARN = `arn:aws:kms:eu-central-1:444455556666:key/${KEY}`;
const KMS: Readonly<Record<string, string>> = {
  aws: 'kms { type = aws, region = eu-central-1 }',
  'aws with everything':
    'kms { type = aws, region = eu-central-1, multi-region-key = yes, multi-region-replicas = [eu-west-1], endpoint-override = "https://kms:4566", audit-logging = yes, custom-tags { team = ledger } }',
  'aws unknown': 'kms { type = aws, region = ${R}, multi-region-key = ${M} }',
  gcp: 'kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }',
  'gcp with an endpoint':
    'kms { type = gcp, location-id = l, project-id = p, key-ring-id = r, endpoint-override = "kms:443" }',
  'gcp unknown': 'kms { type = gcp, location-id = ${L}, project-id = p, key-ring-id = r }',
  driver: 'kms { type = driver, name = hsm, config {} }',
};
const MODES: Readonly<Record<string, string>> = {
  'without a KMS': '',
  external: 'provider = kms',
  'external with other schemes':
    'provider = kms, signing { keys.default = ec-p-384, algorithms.default = ec-dsa-sha-384 }, encryption { keys.default = ec-p-256, algorithms.default = ecies-hkdf-hmac-sha-256-aes-128-cbc }',
  'session keys': 'provider = kms, session-signing-keys.enabled = yes',
  envelope: 'private-key-store.encryption.type = kms',
  'envelope with a key': `private-key-store.encryption { type = kms, wrapper-key-id = "${ARN}" }`,
  'envelope with an alias': 'private-key-store.encryption { type = kms, wrapper-key-id = alias/a }',
  reverted: 'private-key-store.encryption { type = kms, reverted = yes }',
};
const KINDS = ['participants', 'sequencers', 'mediators'] as const;
const EDITION: Edition = 'enterprise';

/** Other nodes have most lines in common with these. */
const REFERENCES = ['aws', 'gcp'];

/** Recorded with the lines that no text before it has, so that no line comes, goes or moves to another case unseen. */
describe('the texts for the KMS of a node', () => {
  const texts = recording(join(__dirname, 'recorded/texts.txt'), '\n\n\n');

  for (const [kms, section] of Object.entries(KMS)) {
    for (const [mode, settings] of Object.entries(MODES)) {
      const isUsual = kms === 'aws' && mode === 'external';
      for (const kind of isUsual ? KINDS : (['participants'] as const)) {
        for (const version of isUsual ? (['3.5', '3.4', '2.10'] as const) : (['3.5'] as const)) {
          it(`are as recorded for ${kms}, ${mode}, ${kind}, ${version}`, async () => {
            const isReference = mode === 'external' && kind === 'participants' && version === '3.5';
            const seen = new Set<string>();
            for (const other of isReference ? [] : REFERENCES) {
              for (const [, text] of await textsFor([KMS[other], MODES.external], 'participants', '3.5'))
                for (const line of text.split('\n')) seen.add(line);
            }
            const all = await textsFor([section, settings], kind, version);
            const shown = all.flatMap(([name, text]) => {
              const lines = text.split('\n').filter((line) => line !== '' && !seen.has(line));
              for (const line of lines) seen.add(line);
              return lines.length === 0 ? [] : [`- ${name}`, ...lines];
            });
            texts.compare([[`${kms}, ${mode}, ${kind}, ${version}`, ...shown].join('\n')]);
          });
        }
      }
    }
  }

  it('have nothing else recorded', () => texts.finish());
});

async function textsFor(
  crypto: readonly (string | undefined)[],
  kind: (typeof KINDS)[number],
  version: CantonVersion,
): Promise<(readonly [name: string, text: string])[]> {
  const set = await launch(
    `canton.${kind}.n1 { storage.type = postgres, crypto { ${crypto.filter(Boolean).join(', ')} } }`,
  );
  const id = `${kind}.n1`;
  const common = { config: set.config, node: id, version, edition: EDITION };
  const policy = (name: string, options: Partial<Parameters<typeof policyFor>[0]>) => {
    const made = policyFor({ ...common, account: '111122223333', keyIds: [], deletesKeys: false, ...options });
    return [`policy ${name}`, made.kind === 'none' ? made.reason : [made.text, ...made.warnings].join('\n')] as const;
  };
  const script = (name: string, made: ReturnType<typeof preflightFor>) =>
    [name, made.kind === 'none' ? made.reason : [made.text, ...made.warnings].join('\n')] as const;
  const keys = (['namespace', 'signing', 'encryption', 'wrapper'] as readonly KeyRole[]).map((role) => ({
    role,
    id: ARN,
  }));
  const base = { ...common, settings: {} };
  return [
    policy('for its format', {}),
    policy('without an account', { account: undefined }),
    ...(['aws-iam', 'gcp-role', 'terraform'] as const).map((format) => policy(`as ${format}`, { format })),
    policy('for keys', { keyIds: [ARN, KEY, 'alias/a'], deletesKeys: true }),
    policy('for a key of Terraform', { keyIds: [ARN], format: 'terraform', deletesKeys: true }),
    policy('for a principal', { principal: 'arn:aws:iam::111122223333:role/p1' }),
    policy('for an account of a service', { principal: 'serviceAccount:p1@ledger.iam.gserviceaccount.com' }),
    policy('for a principal in Terraform', {
      principal: 'serviceAccount:p1@ledger.iam.gserviceaccount.com',
      format: 'terraform',
    }),
    policy('for nobody', { principal: 'x y' }),
    script('preflight', preflightFor({ ...base, keys: [] })),
    script('preflight of keys', preflightFor({ ...base, keys })),
    script(
      'preflight with settings',
      preflightFor({ ...base, keys: [], settings: { region: 'us-east-1', 'location-id': 'global' } }),
    ),
    ...(['sh', 'terraform'] as const).map((format) =>
      script(`creation as ${format}`, creationFor({ ...base, keys: [], format, imports: false })),
    ),
    script('creation of some', creationFor({ ...base, keys: keys.slice(0, 2), format: 'sh', imports: false })),
    script(
      'creation of none',
      creationFor({ ...base, keys: [...keys, { role: 'sequencer-auth', id: ARN }], format: 'sh', imports: false }),
    ),
    ...(['sh', 'terraform'] as const).map((format) =>
      script(`import as ${format}`, creationFor({ ...base, keys: [], format, imports: true })),
    ),
    ...['configure', 'revert-envelope', 'rotate-wrapper-key'].map((procedure) => {
      const request = { procedure, node: id, options: {}, ...planned(set, version) };
      const outlook = outlookAfter(request, plan(request));
      return [`outlook after ${procedure}`, outlook === undefined ? '' : outlookSections(outlook).join('\n')] as const;
    }),
  ];
}
