import { kmsTypeFacts, kmsTypeOrDriver } from '../../../../schemas/kms-types';
import type { ConfigChange } from '../../edits/edit-config';
import { MULTI_REGION_ROLE } from '../../model/facts/kms-permissions';
import { type Facts, isOn, isYes, option } from '../facts';
import type { Step } from '../plan';
import type { Answers } from '../procedure';
import { pick, type Question } from '../procedure';
import { step } from '../steps';

export const MULTI_REGION = 'multi-region-key';
export const MULTI_REGION_ANSWER: Answers = {
  [MULTI_REGION]: '`true` to create a multi-region key in AWS',
};

/** Offered for keys that Canton creates, because it affects only new keys. */
export function multiRegionQuestion(facts: Facts): readonly Question[] {
  if (!keyDecides(facts) || isOn(facts, 'crypto', 'kms', MULTI_REGION)) return [];
  return [
    pick(`set.${MULTI_REGION}`, 'Create a multi-region key?', [
      { value: 'false', label: 'As configured', detail: 'A single-region key' },
      {
        value: 'true',
        label: 'Multi-region',
        detail: 'Changes the configuration and requires a restart before the rotation',
      },
    ]),
  ];
}

function isWanted(facts: Facts): boolean {
  return isYes(facts, `set.${MULTI_REGION}`);
}

function keyDecides({ target }: Facts): boolean {
  return kmsTypeFacts(kmsTypeOrDriver(target.kmsType)).replicatedBy === 'key';
}

export function multiRegionRefusals(facts: Facts): readonly string[] {
  if (!isWanted(facts)) return [];
  if (!keyDecides(facts)) {
    return kmsTypeFacts(kmsTypeOrDriver(facts.target.kmsType)).replicatedBy === 'key-ring'
      ? [
          'In Google Cloud, the key ring determines the regions, not the key. To switch to another location or key ring, plan `change-provider`.',
        ]
      : ['Multi-region keys are a feature of AWS KMS. See what the driver offers.'];
  }
  return option(facts, 'new-key-id') === undefined
    ? []
    : ['Your own key must be created as a multi-region key in AWS. Remove the new key or this setting.'];
}

/**
 * The required change if new keys are needed. Source: `kms/key_rotation/rotate_wrapper_key.rst` main; `AwsKms.scala`
 * 3.4 to main.
 */
export function multiRegionChanges(facts: Facts): ConfigChange[] {
  if (!isWanted(facts) || isOn(facts, 'crypto', 'kms', MULTI_REGION)) return [];
  return [{ kind: 'set', path: [...facts.target.path, 'crypto', 'kms', MULTI_REGION], value: true }];
}

/** The remaining steps once the key exists. */
export function replicate(facts: Facts): Step[] {
  if (!isWanted(facts)) return [];
  const text = `Create the replicas in other regions yourself, in AWS. The first multi-region key of an account may require another permission (\`${MULTI_REGION_ROLE.action}\`).`;
  return [step('external', 'Replicate the new key', text)];
}
