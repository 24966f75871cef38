import { URI } from 'vscode-uri';
import { cantonRelease, EDITIONS } from '../../../schemas/version';
import type { RequestedHints, RequestedVersion } from '../service';

/** Our section of an editor's settings. */
export const SECTION = 'cantonKms';

export interface FolderSettings {
  readonly version: RequestedVersion;
  /** The hints that an editor shows between the characters of the text. */
  readonly inlayHints: RequestedHints;
  /** Whether the problems of files that are not open are requested; undefined if nobody says. */
  readonly workspaceDiagnostics: boolean | undefined;
}

/** The settings of an editor: those of the window, and those that a workspace folder has of its own. */
export class EditorSettings {
  constructor(
    readonly window: FolderSettings,
    private readonly folders: ReadonlyMap<string, FolderSettings> = new Map(),
  ) {}

  /** The version and edition that are requested at a file: those of the innermost folder that it is in. */
  readonly requestedVersion = (uri: string): RequestedVersion => {
    const around = [...this.folders.keys()].filter((folder) => URI.parse(uri).toString().startsWith(prefixOf(folder)));
    const [innermost = ''] = around.sort((a, b) => b.length - a.length);
    return (this.folders.get(innermost) ?? this.window).version;
  };

  /** All versions that are requested, as text to compare. */
  get versions(): string {
    return JSON.stringify([this.window.version, ...[...this.folders].map(([uri, { version }]) => [uri, version])]);
  }
}

function prefixOf(folder: string): string {
  return URI.parse(folder).toString().replace(/\/?$/, '/');
}

/** Reads what an editor sends as settings; whatever is not understood counts as not set. */
export function readSettings(settings: unknown): FolderSettings {
  const own = sectionOf(settings);
  const hints = objectOf(own.inlayHints);
  return {
    version: {
      ...(typeof own.cantonVersion === 'string' ? cantonRelease(own.cantonVersion) : undefined),
      edition: EDITIONS.find((edition) => edition === own.edition),
    },
    workspaceDiagnostics: typeof own.workspaceDiagnostics === 'boolean' ? own.workspaceDiagnostics : undefined,
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
