import { CANTON_VERSIONS } from '../../../../schemas/version';
import type { Procedure } from '../procedure';
import { editionReasons, envelopeOutcome, envelopeReasons } from '../shared/envelope';
import { kmsSettings, providerQuestions } from '../shared/provider';
import { wrapperKeyQuestion } from './configure';

/** Procedures (a), (b), and the second half of (c). */
export const enableEnvelope: Procedure = {
  name: 'enable-envelope',
  title: 'Enable envelope encryption',
  summary: 'Encrypt the stored private keys of a new or existing node with a key of the KMS',
  versions: CANTON_VERSIONS,
  questions: (facts) => [...providerQuestions(facts), wrapperKeyQuestion],
  plan: (facts) => {
    const settings = kmsSettings(facts);
    const { target } = facts;
    const reasons = [...editionReasons(facts), ...settings.reasons, ...envelopeReasons(facts)];
    if (target.mode === 'envelope') {
      reasons.push(`${target.id} uses envelope encryption already. Another wrapper key: \`rotate-wrapper-key\`.`);
    } else if (target.mode === 'none' && target.kmsType !== undefined && settings.provider !== target.kmsType) {
      reasons.push(`The \`kms\` section of ${target.id} is for \`${target.kmsType}\`, not \`${settings.provider}\`.`);
    }
    return reasons.length > 0 ? { reasons } : envelopeOutcome(facts, settings);
  },
};
