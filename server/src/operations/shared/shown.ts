import type { KmsType } from '../../../../schemas/kms-types';
import type { CantonVersion } from '../../../../schemas/version';
import type { Facts } from '../facts';
import { labelOf } from './provider';

/**
 * The Canton versions on which the cases of `test/canton` ran a procedure that is not in any manual, each with an
 * emulated AWS KMS and with its printed scripts. Everything else is derived.
 */
export const SHOWN: Readonly<Record<string, readonly CantonVersion[]>> = {
  'in-place': ['3.4', '3.5', '3.6'],
  'in-place-ed25519': ['3.5', '3.6'],
  'in-place-mediator': ['3.4', '3.5', '3.6'],
  'in-place-mediator-ed25519': ['3.5', '3.6'],
  'in-place-sequencer': ['3.4', '3.5', '3.6'],
  'in-place-sequencer-ed25519': ['3.5', '3.6'],
  'new-identifier': ['3.4', '3.5', '3.6'],
  'same-identifier': ['3.4', '3.5', '3.6'],
  delegation: ['3.4', '3.5', '3.6'],
  'leave-external': ['3.4', '3.5', '3.6'],
  'leave-external-mediator': ['3.4', '3.5', '3.6'],
  'leave-external-sequencer': ['3.4', '3.5', '3.6'],
  'change-region': ['3.4', '3.5', '3.6'],
  'wrapper-key-lost': ['3.4', '3.5', '3.6'],
};

export const SHOWN_WITH: KmsType = 'aws';

/**
 * One or two sentences: where a case ran, and that the plan is derived where none did.
 * @param name of the case for this procedure, which may not exist
 * @param provider the KMS type of the plan; undefined if it does not matter
 */
export function evidence({ version }: Facts, name: string, provider?: string): string {
  const versions = SHOWN[name] ?? [];
  if (versions.length === 0) return 'For this kind of node and keys it is derived, and was not tested.';
  const last = versions.at(-1) as string;
  const list = versions.length === 1 ? last : `${versions.slice(0, -1).join(', ')} and ${last}`;
  const others = [
    ...(versions.includes(version) ? [] : [`Canton ${version}`]),
    ...(provider === undefined || provider === SHOWN_WITH ? [] : [labelOf(provider)]),
  ];
  const derived = others.length === 0 ? '' : ` It is derived for ${others.join(' and ')}.`;
  return `It was tested on Canton ${list} with AWS KMS.${derived}`;
}
