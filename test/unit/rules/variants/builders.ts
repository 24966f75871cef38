import type { CheckOptions } from '../check-text';

export type Variant = string | readonly [text: string, options: CheckOptions];

/** Texts that people may write, by what varies in them; what the rules find in each is recorded. */
export type Variants = Readonly<Record<string, readonly Variant[]>>;

export const node = (text: string) => `canton.participants.p1 { ${text} }`;
export const sequencer = (text: string) => `canton.sequencers.s1 { admin-api.port = 1, public-api.port = 2, ${text} }`;
export const mediator = (text: string) => `canton.mediators.m1 { admin-api.port = 1, ${text} }`;
export const crypto = (text: string) => `canton.participants.p1.crypto { ${text} }`;
export const kms = (text: string) => crypto(`provider = kms, kms { audit-logging = yes, ${text} }`);
export const aws = (text = '') => kms(`type = aws, region = us-east-1${text && `, ${text}`}`);
export const gcp = (text: string) => kms(`type = gcp, key-ring-id = r, ${text}`);
export const driver = (config: string) => kms(`type = driver, name = hsm, config = ${config}`);
export const AWS = 'kms { type = aws, region = us-east-1, audit-logging = yes }';
export const envelope = (text: string, section = AWS) =>
  node(`storage.type = postgres, crypto { ${section}, private-key-store.encryption { type = kms, ${text} } }`);
export const session = (text: string, more = '') =>
  crypto(`provider = kms, ${AWS}, ${more}session-signing-keys { enabled = yes, ${text} }`);
export const loose = 'canton.parameters.non-standard-config = yes\n';
const SCHEMA = {
  type: 'object',
  properties: {
    slot: { type: 'integer' },
    inner: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
    list: { type: 'array', items: { type: 'object', properties: { b: { type: 'boolean' } } }, minItems: 1 },
  },
  required: ['slot'],
  additionalProperties: false,
};
export const withSchema = (config: string): Variant =>
  [driver(config), { driverSchemas: new Map([['hsm', SCHEMA]]) }] as const;
export const suppressed = (comment: string) =>
  `# canton-kms-ignore-next-line ${comment}\n${crypto(`provider = kms, kms { type = aws, region = us-east-1 }`)}\n`;
