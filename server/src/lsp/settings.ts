import { EDITIONS, releaseLine } from '../../../schemas/version';
import type { VersionWish } from '../canton';

/** The section of an editor's settings that is ours. */
export const SECTION = 'cantonKms';

export interface EditorSettings {
  readonly wish: VersionWish;
  /** Whether the values of substitutions are shown in the text. */
  readonly inlayHints: boolean;
}

/** Reads what an editor sends as settings; whatever is not understood counts as not set. */
export function readSettings(settings: unknown): EditorSettings {
  const own = sectionOf(settings);
  return {
    wish: {
      version: typeof own.cantonVersion === 'string' ? releaseLine(own.cantonVersion) : undefined,
      edition: EDITIONS.find((edition) => edition === own.edition),
    },
    inlayHints: own.inlayHints === true,
  };
}

/** Editors send the settings with or without the section's name around them. */
function sectionOf(settings: unknown): Readonly<Record<string, unknown>> {
  if (typeof settings !== 'object' || settings === null) return {};
  const section = (settings as Record<string, unknown>)[SECTION];
  if (typeof section === 'object' && section !== null) return section as Record<string, unknown>;
  return settings as Record<string, unknown>;
}
