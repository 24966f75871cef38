import type { Procedure } from '../procedure';
import { editionRefusals, envelopeOutcome, envelopeRefusals } from '../shared/envelope';
import { kmsSettings, providerQuestions } from '../shared/provider';
import { wrapperKeyQuestion } from './configure';
import { otherProvider } from './enable-external';

/** Procedures (a), (b), and the second half of (c). */
export const enableEnvelope: Procedure = {
  name: 'enable-envelope',
  title: 'Enable envelope encryption',
  summary: 'Encrypt the stored private keys of a new or existing node with a key of the KMS',
  writesKms: true,
  refusals: (facts) => {
    const { target } = facts;
    const already = `${target.id} already uses envelope encryption. To replace the wrapper key, plan \`rotate-wrapper-key\`.`;
    return [...editionRefusals(facts), ...envelopeRefusals(facts), ...(target.mode === 'envelope' ? [already] : [])];
  },
  questions: (facts) => [...providerQuestions(facts), wrapperKeyQuestion],
  plan: (facts) => {
    const settings = kmsSettings(facts);
    const refusals = [...settings.refusals, ...otherProvider(facts, settings.provider)];
    return refusals.length > 0 ? { refusals } : envelopeOutcome(facts, settings);
  },
};
