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
  [MULTI_REGION]: '`true`: the new key is a multi-region key of AWS',
};

/** Offered for keys that Canton makes: it has effect on new ones only. */
export function multiRegionQuestion(facts: Facts): readonly Question[] {
  if (!keyDecides(facts) || isOn(facts, 'crypto', 'kms', MULTI_REGION)) return [];
  return [
    pick(`set.${MULTI_REGION}`, 'Is the new key to be a multi-region key?', [
      { value: 'false', label: 'As configured', detail: 'A key of one region' },
      {
        value: 'true',
        label: 'Multi-region',
        detail: 'Changes the configuration and needs a restart before the rotation',
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
          'At Google Cloud the key ring decides about regions, not the key. Switching to another location or key ring is a procedure of its own: `change-provider`.',
        ]
      : ['Multi-region keys are a feature of AWS KMS. See what the driver offers.'];
  }
  return option(facts, 'new-key-id') === undefined
    ? []
    : ['A key of your own is made multi-region in AWS, when it is created. Leave out the new key or this setting.'];
}

/** The change that new keys need. Source: `kms/key_rotation/rotate_wrapper_key.rst` main; `AwsKms.scala` 3.4 to main. */
export function multiRegionChanges(facts: Facts): ConfigChange[] {
  if (!isWanted(facts) || isOn(facts, 'crypto', 'kms', MULTI_REGION)) return [];
  return [{ kind: 'set', path: [...facts.target.path, 'crypto', 'kms', MULTI_REGION], value: true }];
}

/** What is left when the key is there. */
export function replicate(facts: Facts): Step[] {
  if (!isWanted(facts)) return [];
  const text = `Copies in other regions are made in AWS, by hand. The first multi-region key of an account may need one right more (\`${MULTI_REGION_ROLE.action}\`).`;
  return [step('external', 'Replicate the new key', text)];
}
