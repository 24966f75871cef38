import { cantonOfSplice } from '../../../../schemas/images';
import {
  CANTON_VERSIONS,
  type CantonVersion,
  cantonRelease,
  DEFAULT_CANTON_VERSION,
  DEFAULT_EDITION,
  EDITIONS,
  type Edition,
} from '../../../../schemas/version';
import type { TextRange } from '../../text/location';

export interface VersionChoice {
  readonly version: CantonVersion;
  /** The release of that line, `3.5.13`; undefined if it is not specified. */
  readonly release?: string | undefined;
  readonly versionSource: 'directive' | 'project' | 'setting' | 'image' | 'default';
  readonly edition: Edition;
  readonly editionSource: 'directive' | 'project' | 'setting' | 'image' | 'default';
}

/** The version and edition that one source specifies; it may omit either or both. */
export interface RequestedVersion {
  readonly version?: CantonVersion | undefined;
  readonly release?: string | undefined;
  readonly edition?: Edition | undefined;
}

/**
 * The first source that names one decides: a directive in a file, the project file, the setting or command line, the
 * image's tag, the default.
 */
export function chooseVersion(requested: {
  readonly directive?: RequestedVersion | undefined;
  readonly project?: RequestedVersion | undefined;
  readonly setting?: RequestedVersion | undefined;
  readonly image?: RequestedVersion | undefined;
}): VersionChoice {
  const sources = ['directive', 'project', 'setting', 'image'] as const;
  const versionSource = sources.find((source) => requested[source]?.version !== undefined) ?? 'default';
  const editionSource = sources.find((source) => requested[source]?.edition !== undefined) ?? 'default';
  const chosen = versionSource === 'default' ? undefined : requested[versionSource];
  return {
    version: chosen?.version ?? DEFAULT_CANTON_VERSION,
    ...(chosen?.release !== undefined && { release: chosen.release }),
    versionSource,
    edition: (editionSource !== 'default' && requested[editionSource]?.edition) || DEFAULT_EDITION,
    editionSource,
  };
}

/** `# canton-kms: version = 3.4, edition = community` */
export interface Directive extends RequestedVersion {
  readonly range: TextRange;
  /** Words of the directive that are neither a version nor an edition. */
  readonly problems: readonly { readonly range: TextRange; readonly message: string }[];
}

const DIRECTIVE = /^[ \t]*(?:#|\/\/)[ \t]*canton-kms:[ \t]*(.*)$/m;

/** The first directive of a file, undefined if there is none. */
export function readDirective(text: string): Directive | undefined {
  if (!text.includes('canton-kms:')) return undefined;
  const match = DIRECTIVE.exec(text);
  if (match === null) return undefined;
  const [line, written = ''] = match;
  const body = written.trimEnd();
  const start = match.index + line.length - written.length;
  const directive: Requested = {};
  const problems: { range: TextRange; message: string }[] = [];
  let offset = start;
  for (const part of body.split(',')) {
    const problem = readPart(part, directive);
    const lead = part.length - part.trimStart().length;
    const range = { start: offset + lead, end: offset + part.trimEnd().length };
    if (problem !== undefined) problems.push({ range, message: problem });
    offset += part.length + 1;
  }
  return { ...directive, range: { start: match.index, end: match.index + line.trimEnd().length }, problems };
}

type Requested = { -readonly [Key in keyof RequestedVersion]: RequestedVersion[Key] };

function readPart(part: string, into: Requested): string | undefined {
  const [name = '', value = ''] = part.split(/[=:]/).map((side) => side.trim());
  if (name === 'version') {
    const found = cantonRelease(value);
    if (found === undefined) return `Unknown Canton version '${value}'. Use ${CANTON_VERSIONS.join(', ')}.`;
    Object.assign(into, found);
    return undefined;
  }
  if (name === 'splice') {
    const found = cantonOfSplice(value);
    if (found === undefined) return `The Canton version of Splice '${value}' is not known.`;
    Object.assign(into, found);
    return undefined;
  }
  if (name === 'edition') {
    const edition = EDITIONS.find((known) => known === value);
    if (edition === undefined) return `Unknown edition '${value}'. Use ${EDITIONS.join(', ')}.`;
    into.edition = edition;
    return undefined;
  }
  return `'${part.trim()}' cannot be read. Write \`version = 3.5\` or \`edition = community\`.`;
}
