import type { KmsType } from './kms-types';
import { type CantonVersion, DEFAULT_CANTON_VERSION, isReleased } from './version';

interface Page {
  readonly since3: string;
  readonly until2: string;
}

/**
 * Pages of Canton's manual that explain a section, by the path that each manual has them at
 * (docs.digitalasset.com/operate since 3.3, docs.daml.com/canton 2.10).
 */
const PAGES = {
  kms: { since3: 'howtos/secure/kms/configuration/kms_configuration', until2: 'kms/kms_setup' },
  aws: { since3: 'howtos/secure/kms/configuration/kms_aws_config', until2: 'kms/kms_aws_setup' },
  gcp: { since3: 'howtos/secure/kms/configuration/kms_gcp_config', until2: 'kms/kms_gcp_setup' },
  driver: { since3: 'howtos/secure/kms/configuration/kms_driver_config', until2: 'kms/kms_driver_guide' },
  envelope: {
    since3: 'howtos/secure/kms/mode/encrypted_key_storage',
    until2: 'kms/encrypted_private_key_storage/encrypted_private_key_storage',
  },
  external: {
    since3: 'howtos/secure/kms/mode/external_key_storage',
    until2: 'kms/external_key_storage/external_key_storage',
  },
  schemes: { since3: 'reference/crypto_schemes', until2: 'security' },
  sessionKeys: { since3: 'howtos/optimize/session_keys', until2: 'security' },
} as const satisfies Record<KmsType, Page> & Record<string, Page>;
export type ManualPage = keyof typeof PAGES;

/** An unreleased line has no manual yet, so the newest manual is linked. */
export function manualLink(page: ManualPage, version: CantonVersion): string {
  const { since3, until2 } = PAGES[page];
  if (version === '2.10') return `https://docs.daml.com/canton/usermanual/${until2}.html`;
  return `https://docs.digitalasset.com/operate/${isReleased(version) ? version : DEFAULT_CANTON_VERSION}/${since3}.html`;
}
