import { EDITIONS, releaseLine } from '../../../schemas/version';
import { isWithin } from '../fs/within';
import type { VersionWish } from '../model/facts/version-choice';
import type { WantedHints } from '../service/overview';

/** The section of an editor's settings that is ours. */
export const SECTION = 'cantonKms';

export interface EditorSettings {
  readonly wish: VersionWish;
  /** What is shown between the characters of the text. */
  readonly inlayHints: WantedHints;
}

/** The settings of an editor: of the window, and those that a workspace folder has of its own. */
export class Settings {
  constructor(
    readonly window: EditorSettings,
    private readonly folders: ReadonlyMap<string, EditorSettings> = new Map(),
  ) {}

  /** The version and edition that are wanted for a file: those of the innermost folder that it is in. */
  readonly wish = (uri: string): VersionWish => {
    const around = [...this.folders.keys()].filter((folder) => isWithin(uri, folder));
    const [innermost = ''] = around.sort((a, b) => b.length - a.length);
    return (this.folders.get(innermost) ?? this.window).wish;
  };

  /** All that is wanted, as text to compare. */
  get wishes(): string {
    return JSON.stringify([this.window.wish, ...[...this.folders].map(([uri, { wish }]) => [uri, wish])]);
  }
}

/** Reads what an editor sends as settings; whatever is not understood counts as not set. */
export function readSettings(settings: unknown): EditorSettings {
  const own = sectionOf(settings);
  const hints = objectOf(own.inlayHints);
  return {
    wish: {
      version: typeof own.cantonVersion === 'string' ? releaseLine(own.cantonVersion) : undefined,
      edition: EDITIONS.find((edition) => edition === own.edition),
    },
    inlayHints: { defaults: hints.defaults !== false, substitutions: hints.substitutions === true },
  };
}

/** Editors send the settings with or without the section's name around them. */
function sectionOf(settings: unknown): Readonly<Record<string, unknown>> {
  const all = objectOf(settings);
  return typeof all[SECTION] === 'object' ? objectOf(all[SECTION]) : all;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
