import awsRegions from './data/aws-regions.json';
import gcpLocations from './data/gcp-locations.json';

/** A region in which AWS offers its KMS. AWS adds regions, so an unlisted name is not necessarily wrong. */
export interface AwsRegion {
  /** `aws`, `aws-cn`, `aws-us-gov`, …: the second part of an ARN. */
  readonly partition: string;
  readonly description: string;
}

export const AWS_REGIONS: ReadonlyMap<string, AwsRegion> = new Map(Object.entries(awsRegions.regions));
export const AWS_REGIONS_SOURCE = `${awsRegions.source}, ${awsRegions.date}`;

/** The names of regions and their common names. */
export const AWS_REGION_NAMES: Readonly<Record<string, string>> = names(AWS_REGIONS);

/** Regions, multi-regions and `global`, with the city or area. */
export const GCP_LOCATIONS: ReadonlyMap<string, { readonly description: string }> = new Map(
  Object.entries(gcpLocations.locations),
);
export const GCP_LOCATION_NAMES: Readonly<Record<string, string>> = names(GCP_LOCATIONS);
export const GCP_LOCATIONS_SOURCE = `${gcpLocations.source}, ${gcpLocations.date}`;

function names(places: ReadonlyMap<string, { readonly description: string }>): Readonly<Record<string, string>> {
  return Object.fromEntries([...places].map(([name, { description }]) => [name, description]));
}
