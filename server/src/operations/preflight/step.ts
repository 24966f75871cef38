import { isKmsType, type KmsType } from '../../../../schemas/kms-types';
import { shellWord } from '../../text/encoders/shell';
import { type Facts, option } from '../facts';
import type { Step } from '../plan';
import type { Outcome, Procedure } from '../procedure';
import { keyKindOf } from '../shared/key-kinds';
import { providerOf } from '../shared/provider';
import { KEY_IDS } from '../shared/registration';
import { step } from '../steps';

/**
 * The first step of every plan: it checks the current configuration, and the KMS with the settings and keys of the
 * answers.
 */
export function preflightStep(facts: Facts, procedure: Procedure, { steps = [], withoutKms = false }: Outcome): Step {
  const check = `canton-kms check --canton-version ${facts.version} FILE...`;
  const found =
    '`canton-kms check` finds no error. FILE... stands for the files of the node, in the order in which Canton gets them.';
  const provider = providerOf(facts);
  const leaves = steps.findLast((one) => one.leaves !== undefined)?.leaves;
  const planned = leaves === 'wrapped' ? 'envelope' : leaves === 'external' ? 'external' : undefined;
  const mode = planned ?? (facts.target.mode === 'none' ? undefined : facts.target.mode);
  if (!isKmsType(provider) || mode === undefined || withoutKms) {
    return step('confirm', 'Check the configuration', fenced([check], found));
  }
  const preflight = [
    `canton-kms preflight --node ${shellWord(facts.target.id)} --canton-version ${facts.version}`,
    ...(provider === facts.target.kmsType ? [] : [`--provider ${provider}`]),
    ...(mode === facts.target.mode ? [] : [`--mode ${mode}`]),
    ...settingsOf(facts, procedure).map(([name, value]) => `--set ${shellWord(`${name}=${value}`)}`),
    ...keysOf(facts).map((key) => `--key ${shellWord(key)}`),
    'FILE... >preflight.sh',
  ].join(' ');
  const external = mode === 'external' ? ' Add each key of the node with `--key ROLE=ID`.' : '';
  const again = steps.some(({ kind }) => kind === 'external')
    ? ' Run it again after a later step has created keys.'
    : '';
  const text = `${found}\n\nRun the script on the host of the node, with its identity. It must exit with 0. It calls ${CALLS[provider]}, and changes nothing.${external}${again}`;
  return step('confirm', 'Check the configuration and the KMS', fenced([check, preflight, 'sh preflight.sh'], text));
}

const CALLS: Readonly<Record<KmsType, string>> = {
  aws: '`aws sts get-caller-identity`, `aws kms describe-key`, `aws kms get-public-key` and dry runs',
  gcp: '`gcloud kms keys versions describe`, and encrypts and signs a test text with `gcloud kms`',
  driver: 'nothing in the driver; it lists what it cannot check',
};

function fenced(commands: readonly string[], text: string): string {
  return `${text}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\``;
}

/** Answers that are settings of the `kms` section, or become one. */
function settingsOf({ options }: Facts, { answers = {}, writesKms }: Procedure): (readonly [string, string])[] {
  return Object.keys(options).flatMap((name) => {
    const setting = /^set\.(.+)$/.exec(name)?.[1];
    const value = options[name]?.trim() ?? '';
    if (setting === undefined || value === '' || setting === 'config') return [];
    const isSetting = setting === 'region' || (writesKms === true && !Object.hasOwn(answers, setting));
    return isSetting ? [[setting, value] as const] : [];
  });
}

/** Keys that the answers name, with their roles if these are known. */
function keysOf(facts: Facts): string[] {
  const registered = Object.keys(KEY_IDS).flatMap((name) => {
    const id = option(facts, `set.${name}`);
    return id === undefined ? [] : [`${name.replace(/-key-id$/, '')}=${id}`];
  });
  const wrapper = option(facts, 'wrapper-key-id');
  const fresh = option(facts, 'new-key-id');
  const role = keyKindOf(facts)?.name;
  return [
    ...registered,
    ...(wrapper === undefined ? [] : [wrapper]),
    ...(fresh === undefined ? [] : [role === undefined ? fresh : `${role}=${fresh}`]),
  ];
}
