import type { ObjectModel } from './model';
import { type ModelJson, readModel } from './model-json';
import type { CantonVersion, Edition } from './version';

const models = new Map<string, ObjectModel>();

/**
 * Replaces `compile.ts` in the bundles for Node: the same models, compiled by the build, so that no start needs zod.
 * `esbuild.js` writes the files.
 */
export function fieldModelOf(version: CantonVersion, edition: Edition): ObjectModel {
  const id = `${version}-${edition}`;
  const known = models.get(id);
  if (known !== undefined) return known;
  // The bundler does not follow this name, because the file is next to its output.
  const file = `./data/fields/${id}.json`;
  const model = readModel(require(file) as ModelJson);
  models.set(id, model);
  return model;
}
