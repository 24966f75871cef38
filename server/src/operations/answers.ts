import { factsOf, type PlanRequest } from './facts';
import { findProcedure } from './procedures';
import { fingerprintWarnings } from './shared/existing-keys';
import { keyIdOddities, lengthReasons } from './shared/key-ids';
import { placeOddities, providerOf, settingReasons } from './shared/provider';

/** What is wrong with an answer; with a warning it can be given all the same. */
export interface AnswerFault {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const SETTING = /^set\.(.+)$/;
const KEY_ID = /(?:^|[.-])key-id$/;

/** Looks at an answer while it is being typed. Undefined where there is nothing to say, such as of an empty one. */
export function answerFault(request: PlanRequest, option: string, typed: string): AnswerFault | undefined {
  const answer = typed.trim();
  const facts = factsOf({ ...request, options: { ...request.options, [option]: answer } });
  const procedure = findProcedure(request.procedure);
  if (facts === undefined || procedure === undefined || answer === '') return undefined;
  const setting = SETTING.exec(option)?.[1];
  const isKms =
    setting !== undefined && procedure.writesKms === true && !Object.hasOwn(procedure.answers ?? {}, setting);
  const errors = [
    ...(isKms ? settingReasons(facts, setting, answer) : []),
    ...(KEY_ID.test(option) ? lengthReasons(answer) : []),
    ...(procedure.answerReasons?.(facts) ?? []),
  ];
  const warnings = [
    ...(isKms ? placeOddities(setting, answer) : []),
    ...(KEY_ID.test(option) ? keyIdOddities(facts, providerOf(facts) ?? '', answer) : []),
    ...(option === 'fingerprint' ? fingerprintWarnings(answer) : []),
  ];
  if (errors[0] !== undefined) return { severity: 'error', message: errors[0] };
  return warnings[0] === undefined ? undefined : { severity: 'warning', message: warnings[0] };
}
