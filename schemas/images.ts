import data from './data/images.json';
import { type CantonRelease, cantonRelease } from './version';

/** The configuration that a container image contains. */
export interface ImageBase {
  /** The image's name without registry and tag. */
  readonly name: string;
  /** The section of `canton` that contains its node. */
  readonly section: string;
  /** The name of the node: configuration for any other name creates a second node. */
  readonly node: string;
}

const images = new Map(Object.entries(data.images).map(([name, image]) => [name, { name, ...image }]));
const lines = new Map<string, string>(Object.entries(data.spliceLines));
const releases = new Map<string, string>(Object.entries(data.spliceReleases));

/** The participant chart of Splice; its `kms:` map is for the node of this image. */
export const PARTICIPANT_CHART_IMAGE = data.charts['splice-participant'];

/** The nodes of all images. */
export const IMAGE_NODES: readonly ImageBase[] = [...images.values()];

/** @param reference `registry.example/canton-participant:0.6.11`, also with variables or templates in it */
export function imageBase(reference: string): ImageBase | undefined {
  return images.get(/([\w.-]+?)(?:[:@][^/]*)?$/.exec(reference.trim())?.[1] ?? '');
}

/** The Canton version of a Splice release; undefined for an unknown release. */
export function cantonOfSplice(version: string): CantonRelease | undefined {
  const [, release = '', line = ''] = /^v?((\d+\.\d+)(?:\.[\w.-]+)?)$/.exec(version.trim()) ?? [];
  return cantonRelease(releases.get(release) ?? lines.get(line) ?? '');
}

/** The last tag of a reference, or its default: `${IMAGE_TAG:-0.6.4}`. */
const TAG = /:-?(\d+\.\d+\.\d+[\w.-]*)\}?(?:@.*)?$/;

/**
 * The Canton version in an image by its tag: a release of Splice, or one of Canton itself for the images of Digital
 * Asset.
 */
export function cantonOfImage(reference: string): CantonRelease | undefined {
  const tag = TAG.exec(reference.trim())?.[1];
  if (tag === undefined || imageBase(reference) === undefined) return undefined;
  return tag.startsWith('0.') ? cantonOfSplice(tag) : cantonRelease(tag);
}
