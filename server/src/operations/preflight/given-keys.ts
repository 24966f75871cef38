import type { KmsType } from '../../../../schemas/kms-types';
import type { PolicyMode } from '../../model/facts/kms-permissions';

/** The purpose of a key for a node. */
export type KeyRole = 'wrapper' | 'namespace' | 'intermediate' | 'sequencer-auth' | 'signing' | 'encryption';

export const KEY_ROLES: readonly KeyRole[] = [
  'wrapper',
  'namespace',
  'intermediate',
  'sequencer-auth',
  'signing',
  'encryption',
];

/** A key of the KMS that a node uses. */
export interface GivenKey {
  /** Undefined if the key was given without one. */
  readonly role: KeyRole | undefined;
  readonly id: string;
}

/** Information that is not in the configuration, or only after edits. */
export interface PreflightOptions {
  readonly keys: readonly GivenKey[];
  readonly provider?: KmsType | undefined;
  readonly mode?: PolicyMode | undefined;
  /** Settings of the `kms` section, by their keys. */
  readonly settings: Readonly<Record<string, string>>;
}

/** How the commands that make keys are written. */
export const CREATE_FORMATS = ['sh', 'terraform'] as const;
export type CreateFormat = (typeof CREATE_FORMATS)[number];
