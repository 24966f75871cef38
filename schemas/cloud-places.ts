import awsRegions from './data/aws-regions.json';
import gcpLocations from './data/gcp-locations.json';

/** A place where a cloud has a KMS. The lists grow: a name that is not here need not be wrong. */
export interface AwsRegion {
  /** `aws`, `aws-cn`, `aws-us-gov`, …: the second part of an ARN. */
  readonly partition: string;
  readonly description: string;
}

export const AWS_REGIONS: ReadonlyMap<string, AwsRegion> = new Map(Object.entries(awsRegions.regions));
export const AWS_REGIONS_SOURCE = `${awsRegions.source}, ${awsRegions.date}`;

/** Regions, multi-regions and `global`, with the city or area. */
export const GCP_LOCATIONS: ReadonlyMap<string, { readonly description: string }> = new Map(
  Object.entries(gcpLocations.locations),
);
export const GCP_LOCATIONS_SOURCE = `${gcpLocations.source}, ${gcpLocations.date}`;
