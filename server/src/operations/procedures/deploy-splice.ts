import { type HoconObject, type HoconValue, inlineObject, isObject, Raw, scalarText } from '../../edits/hocon-text';
import { doubleQuoted } from '../../text/encoders/controls';
import { hoconQuoted, isBare, isSubstitution } from '../../text/encoders/hocon';
import { markdownFence } from '../../text/encoders/markdown';
import { singleQuoted, yamlString } from '../../text/encoders/yaml';
import { liveness } from '../console';
import { type Facts, isAtLeast, option } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editionRefusals } from '../shared/envelope';
import { externalRefusals, stateQuestion } from '../shared/external';
import { kmsHandling } from '../shared/kms-handling';
import { externalCrypto, STYLE } from '../shared/new-node';
import { type KmsSettings, kmsSettings, providerQuestions, schemeRefusals } from '../shared/provider';
import { record } from '../shared/registration';
import { kmsReady } from '../shared/requirements';
import { noReturn, step } from '../steps';

/** The name of the participant in all Splice containers. */
const NAME = 'participant';

/**
 * Procedure (r). Source: Canton Network documentation of 2026-08-21: `production-operations/validator-security.mdx`,
 * `sv-security.mdx`, `kms-operations.mdx`, `common/kms-config-*.mdx`, `release-notes/splice.mdx`.
 */
export const deploySplice: Procedure = {
  name: 'deploy-splice',
  title: 'External keys in a Splice deployment (Helm)',
  summary: 'Install a new validator of the Canton Network whose participant has its keys in a KMS',
  since: '3.3',
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...splicingRefusals(facts)],
  questions: (facts) => [stateQuestion(facts), ...providerQuestions(facts)],
  plan: (facts) => {
    const settings = kmsSettings(facts);
    const refusals = [...settings.refusals, ...schemeRefusals(facts, settings.provider)];
    return refusals.length > 0 ? { refusals } : outcome(facts, settings);
  },
};

function splicingRefusals(facts: Facts): readonly string[] {
  const { kind } = facts;
  if (kind !== 'participant') return [`Splice supports a KMS only for participants, not for a ${kind}.`];
  if (option(facts, 'state') === 'existing') {
    return [
      'Splice does not support adding or changing the KMS of an existing validator. Install a new validator, and transfer the assets.',
    ];
  }
  return externalRefusals(facts);
}

function outcome(facts: Facts, settings: KmsSettings): Outcome {
  const splice = { ...facts, ref: NAME, target: { ...facts.target, name: NAME } };
  const { provider } = settings;
  return {
    warnings: [
      'Only for a new participant with new validator components (Splice 0.3.10 or later; super validators 0.4.2), and only with Helm, not with Docker Compose.',
      'Pass the file with the `kms` values at every `helm install` and `helm upgrade` of the participant. Without it, the participant starts with the default provider and does not find its keys.',
      'The identities dump contains no private keys, and recovery from keys in a KMS alone is not documented. Keep the table of keys.',
      'Session encryption keys are kept for one hour in these images: a memory dump allows decrypting the messages of that hour.',
      ...kmsHandling(provider).chartLimits,
    ],
    steps: [
      step(
        'confirm',
        'The validator is new',
        'Participant and validator have never been installed: their databases are empty.',
      ),
      ...kmsReady(splice, provider, { mode: 'external', creates: true }),
      ...secret(provider),
      step(
        'external',
        'Write the values',
        `As \`kms-values.yaml\`, for the chart \`splice-participant\`; it may contain every setting of the \`kms\` section, in camelCase. The chart writes values into HOCON as they are, so those with special characters have quotes of their own. Helm does not merge lists: if other values of the participant have \`additionalEnvVars\`, \`extraVolumes\` or \`extraVolumeMounts\`, repeat their entries here:\n\n${markdownFence('yaml', helmValues(provider, externalCrypto(facts, settings)))}`,
      ),
      ...(isAtLeast(facts, '3.5') ? [sessionKeys()] : []),
      step('external', 'Super validators: the governance key', governance()),
      step(
        'restart',
        'Install the participant',
        '`helm install participant … -f kms-values.yaml`, with the same other values as without a KMS. Canton creates its keys in the KMS.',
      ),
      step(
        'verify',
        'Verify',
        'On the console of the participant (`--console`), check that every key has a KMS key ID.',
        [`${NAME}.keys.secret.list().forall(_.kmsKeyId.isDefined)`, `${NAME}.health.status`],
      ),
      record(splice),
      noReturn(
        step(
          'external',
          'Install the validator',
          'The validator onboards the participant. From then on, other nodes know the keys.',
        ),
      ),
      step('verify', 'The participant works', 'It is connected, and the ping succeeds.', liveness(splice)),
    ],
    rollback: [
      step(
        'external',
        'Start over',
        'Possible until the validator is installed: uninstall the participant, empty its database, and delete the new keys with the tools of the provider. After that, Splice supports only a new validator to which the assets are transferred.',
      ),
    ],
  };
}

/** The ways in which the charts read credentials. */
function secret(provider: string) {
  const command = kmsHandling(provider).chartSecret;
  if (command === undefined) return [];
  return [
    step('external', 'Store the credentials', `In the namespace of the participant:\n\n\`\`\`sh\n${command}\n\`\`\``),
  ];
}

/** Supported since Splice 0.7.2. */
function sessionKeys() {
  const line = `canton.participants.${NAME}.crypto.session-signing-keys.enabled = true`;
  return step(
    'confirm',
    'Decide about session signing keys',
    `They reduce calls to the KMS (Splice 0.7.2 or later). Settings without a chart value go into variables whose names begin with \`ADDITIONAL_CONFIG\`:\n\n\`\`\`yaml\n- name: ADDITIONAL_CONFIG_SESSION_SIGNING_KEYS\n  value: |\n    ${line}\n\`\`\``,
  );
}

function governance(): string {
  return 'CometBFT signs with its own key there: create the secret `splice-app-sv-cometbft-governance-key` and set `cometBFT.externalGovernanceKey = true` in the chart of the SV app. The documentation names its entries `public` and `private` in one place and `publicKey` and `privateKey` in another: check which names the chart reads. Skip this step for other validators.';
}

/**
 * The settings that the examples of Splice add next to `kms`, by provider
 * (`splice-…-kms-participant-{aws,gcp}-values.mdx`).
 */
const CREDENTIALS: Readonly<Record<string, { readonly variables: string; readonly volumes?: string }>> = {
  aws: {
    variables: `  - name: AWS_ACCESS_KEY_ID
    valueFrom:
      secretKeyRef:
        name: aws-credentials
        key: accessKeyId
  - name: AWS_SECRET_ACCESS_KEY
    valueFrom:
      secretKeyRef:
        name: aws-credentials
        key: secretAccessKey`,
  },
  gcp: {
    variables: `  - name: GOOGLE_APPLICATION_CREDENTIALS
    value: "/app/gcp-credentials.json"`,
    volumes: `extraVolumeMounts:
  - name: gcp-credentials
    mountPath: /app/gcp-credentials.json
    subPath: googleCredentials
extraVolumes:
  - name: gcp-credentials
    secret:
      secretName: gke-credentials`,
  },
};

/** Maps whose keys are not Canton's, and must keep their spelling. */
const FOREIGN_KEYS = ['config', 'custom-tags'];

/**
 * The `kms` section as the chart expects it: YAML with keys in camelCase. The chart changes the keys at every level and
 * writes the values as they are (`render-nested-config`, `_helpers.tpl` of Splice 0.4.15), so maps with other keys are HOCON
 * in a variable, and values with special characters have quotes of HOCON.
 */
function helmValues(provider: string, { kms }: HoconObject): string {
  const section = kms !== undefined && isObject(kms) ? Object.entries(kms) : [];
  const foreign = section.filter(([key]) => FOREIGN_KEYS.includes(key));
  const own = Object.fromEntries(section.filter(([key]) => !FOREIGN_KEYS.includes(key)));
  const { variables: credentials, volumes } = CREDENTIALS[provider] ?? { variables: '' };
  const variables = [
    ...(credentials === '' ? [] : [credentials]),
    ...foreign.map(([key, value]) => variable(key, value)),
  ];
  return [
    'kms:',
    ...lines(own, '  '),
    ...(variables.length === 0 ? [] : ['additionalEnvVars:', ...variables]),
    ...(volumes === undefined ? [] : [volumes]),
  ].join('\n');
}

function variable(key: string, value: HoconValue): string {
  const text = isObject(value) ? inlineObject(value, STYLE) : scalarText(value, 'conf');
  const hocon = `canton.participants.${NAME}.crypto.kms.${key} ${text}`.replace(/^(?=.)/gm, '      ');
  return `  - name: ADDITIONAL_CONFIG_KMS_${key.replaceAll('-', '_').toUpperCase()}\n    value: |\n${hocon}`;
}

function lines(object: HoconObject, indent: string): string[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const name = key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    if (!isObject(value)) return [`${indent}${yamlString(name)}: ${scalar(value)}`];
    return [`${indent}${yamlString(name)}:`, ...lines(value, `${indent}  `)];
  });
}

/** Helm does not resolve environment variables. */
function scalar(value: Exclude<HoconValue, HoconObject>): string {
  if (value instanceof Raw) return /^[\w.-]+$/.test(value.text) ? value.text : doubleQuoted(`<as YAML: ${value.text}>`);
  if (typeof value !== 'string') return scalarText(value, 'json');
  const name = isSubstitution(value) ? value.replace(/[${?}]/g, '') : undefined;
  if (name !== undefined) return doubleQuoted(`<${name}>`);
  return isBare(value) ? yamlString(value) : singleQuoted(hoconQuoted(value));
}
