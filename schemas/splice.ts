/**
 * Sections that the applications of Splice read at `canton`. Their binaries share the root key, and the image variables
 * `ADDITIONAL_CONFIG*`, with Canton. `SpliceConfig.scala`, canton-network/splice 0.6.
 */
export const SPLICE_SECTIONS: readonly string[] = [
  'validator-apps',
  'validator-app-clients',
  'sv-apps',
  'sv-app-clients',
  'scan-apps',
  'scan-app-clients',
  'wallet-app-clients',
  'ans-app-external-clients',
  'splitwell-apps',
  'splitwell-app-clients',
];
