import type { Facts } from '../facts';
import type { Procedure } from '../procedure';
import { editionRefusals } from '../shared/envelope';
import {
  EXTERNAL_ANSWERS,
  externalOutcome,
  externalRefusals,
  rootKeyQuestion,
  stateQuestion,
} from '../shared/external';
import { kmsSettings, providerQuestions, schemeRefusals } from '../shared/provider';

/**
 * At its first start, the node creates its keys in the KMS, and the private keys never leave it.
 * Source: `kms/mode/external_key_storage.rst` 3.5, main.
 */
export const enableExternal: Procedure = {
  name: 'enable-external',
  title: 'Enable external keys on a new node',
  summary: 'Let Canton create the keys of a new node in the KMS',
  answers: EXTERNAL_ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...externalRefusals(facts)],
  questions: (facts) => [stateQuestion(facts), ...providerQuestions(facts), ...rootKeyQuestion(facts)],
  plan: (facts) => {
    const settings = kmsSettings(facts, EXTERNAL_ANSWERS);
    const { provider } = settings;
    const refusals = [...settings.refusals, ...otherProvider(facts, provider), ...schemeRefusals(facts, provider)];
    return refusals.length > 0 ? { refusals } : externalOutcome(facts, settings);
  },
};

export function otherProvider({ target }: Facts, provider: string): readonly string[] {
  if (target.kmsType === undefined || provider === target.kmsType) return [];
  return [`The \`kms\` section of ${target.id} is for \`${target.kmsType}\`, not \`${provider}\`.`];
}
