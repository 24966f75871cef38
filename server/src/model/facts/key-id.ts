/** The names of a KMS key at AWS: `arn:aws:kms:us-east-1:123456789012:key/…`, `alias/…` and the like. */
export interface AwsArn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** `key/…` or `alias/…` */
  readonly resource: string;
}

export function parseArn(text: string): AwsArn | undefined {
  const [scheme, partition, service, region, account, ...resource] = text.split(':');
  if (scheme !== 'arn' || partition === undefined || service === undefined) return undefined;
  return { partition, service, region: region ?? '', account: account ?? '', resource: resource.join(':') };
}

const KEY_ID = '(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})';
const ALIAS = 'alias/[a-zA-Z0-9/_-]{1,250}';
const AWS_ID = new RegExp(`^(?:${KEY_ID}|${ALIAS})$`);
const AWS_RESOURCE = new RegExp(`^(?:key/${KEY_ID}|${ALIAS})$`);

/** The reason why a text is not an identifier of an AWS key, as the end of a sentence; undefined if it is one. */
export function awsKeyIdFault(id: string): string | undefined {
  const arn = parseArn(id);
  if (arn === undefined) {
    return AWS_ID.test(id) ? undefined : "is not an AWS key ID (a UUID or 'mrk-…'), key ARN or 'alias/NAME'";
  }
  if (arn.service !== 'kms') return `is an ARN of the service '${arn.service}', not of 'kms'`;
  if (!/^\d{12}$/.test(arn.account)) return `has the account '${arn.account}', which must have 12 digits`;
  return AWS_RESOURCE.test(arn.resource) ? undefined : `ends in '${arn.resource}', not in 'key/KEY-ID' or 'alias/NAME'`;
}

/** The parts of a full resource name of Cloud KMS. */
export interface GcpKeyName {
  readonly project: string;
  readonly location: string;
  readonly keyRing: string;
  readonly key: string;
}

export function parseGcpKeyName(id: string): GcpKeyName | undefined {
  const match =
    /^\/*(?:cloudkms\.googleapis\.com\/)?projects\/([^/]+)\/locations\/([^/]+)\/keyRings\/([^/]+)\/cryptoKeys\/([^/]+)(?:\/cryptoKeyVersions\/[^/]+)?$/.exec(
      id,
    );
  if (match === null) return undefined;
  const [, project = '', location = '', keyRing = '', key = ''] = match;
  return { project, location, keyRing, key };
}

/** The short name of a crypto key. */
export function isGcpKeyId(id: string): boolean {
  return /^[a-zA-Z0-9_-]{1,63}$/.test(id);
}
