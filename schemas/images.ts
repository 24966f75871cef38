import data from './data/images.json';
import { type CantonVersion, releaseLine } from './version';

/** The configuration that a container image contains. */
export interface ImageBase {
  /** The image's name without registry and tag. */
  readonly name: string;
  /** The section of `canton` that its node is in. */
  readonly section: string;
  /** The node's name: configuration for any other one makes a second node. */
  readonly node: string;
}

const images = new Map(Object.entries(data.images).map(([name, image]) => [name, { name, ...image }]));
const lines = new Map<string, string>(Object.entries(data.spliceLines));

/** The participant chart of Splice; its `kms:` map is for the node of this image. */
export const PARTICIPANT_CHART_IMAGE = data.charts['splice-participant'];

/** @param reference `registry.example/canton-participant:0.6.11`, also with variables or templates in it */
export function imageBase(reference: string): ImageBase | undefined {
  return images.get(/([\w.-]+?)(?:[:@][^/]*)?$/.exec(reference.trim())?.[1] ?? '');
}

/** The Canton release line that a release of Splice brings; undefined for one that is not known here. */
export function cantonOfSplice(version: string): CantonVersion | undefined {
  const line = /^v?(\d+\.\d+)(?:\.|$)/.exec(version.trim())?.[1];
  const canton = line === undefined ? undefined : lines.get(line);
  return canton === undefined ? undefined : releaseLine(canton);
}

/** The release of Splice that is the tag of one of its images. */
export function spliceVersionOf(reference: string): string | undefined {
  const tag = /:(\d+\.\d+\.\d+[\w.-]*)(?:@.*)?$/.exec(reference.trim())?.[1];
  return tag !== undefined && imageBase(reference) !== undefined ? tag : undefined;
}
