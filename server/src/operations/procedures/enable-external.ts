import { CANTON_VERSIONS } from '../../../../schemas/version';
import type { Facts } from '../facts';
import type { Procedure } from '../procedure';
import { editionReasons } from '../shared/envelope';
import {
  EXTERNAL_ANSWERS,
  externalOutcome,
  externalRefusals,
  rootKeyQuestion,
  stateQuestion,
} from '../shared/external';
import { kmsSettings, providerQuestions, schemeReasons } from '../shared/provider';

/** Procedure (d). */
export const enableExternal: Procedure = {
  name: 'enable-external',
  title: 'Enable external keys on a new node',
  summary: 'Let Canton make the keys of a new node in the KMS, where they stay',
  versions: CANTON_VERSIONS,
  answers: EXTERNAL_ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionReasons(facts), ...externalRefusals(facts)],
  questions: (facts) => [stateQuestion(facts), ...providerQuestions(facts), ...rootKeyQuestion(facts)],
  plan: (facts) => {
    const settings = kmsSettings(facts, EXTERNAL_ANSWERS);
    const { provider } = settings;
    const reasons = [...settings.reasons, ...otherProvider(facts, provider), ...schemeReasons(facts, provider)];
    return reasons.length > 0 ? { reasons } : externalOutcome(facts, settings);
  },
};

export function otherProvider({ target }: Facts, provider: string): readonly string[] {
  if (target.kmsType === undefined || provider === target.kmsType) return [];
  return [`The \`kms\` section of ${target.id} is for \`${target.kmsType}\`, not \`${provider}\`.`];
}
