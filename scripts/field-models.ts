import { fieldModelOf } from '../schemas/compile';
import { writeModel } from '../schemas/model-json';
import { CANTON_VERSIONS, EDITIONS } from '../schemas/version';

/** The field models of all versions and editions as the files that `schemas/compiled.ts` reads. */
export function fieldModelFiles(): readonly { readonly name: string; readonly text: string }[] {
  return CANTON_VERSIONS.flatMap((version) =>
    EDITIONS.map((edition) => ({
      name: `${version}-${edition}.json`,
      text: JSON.stringify(writeModel(fieldModelOf(version, edition))),
    })),
  );
}
