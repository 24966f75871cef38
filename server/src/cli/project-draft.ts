import { posix } from 'node:path';
import { cantonRelease, type Edition } from '../../../schemas/version';
import { cantonOfImage, readEnvFile } from '../service';

/** A text file below the folder of a project file; the path is relative to it, with `/`. */
export interface FoundFile {
  readonly path: string;
  readonly text: string;
}

/** A project file, and the source of each part, as lines of text. */
export interface ProjectDraft {
  readonly project: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** Files that start containers and processes, or name their images. */
export const STARTS_CANTON =
  /(?:\.(?:ya?ml|sh|bash|service|env)|(?:^|\/)(?:[^/]*Dockerfile[^/]*|Containerfile|Makefile|justfile|Procfile|\.env))$/i;

/** Derives a project file from the files that start Canton. */
export function draftProject(found: readonly FoundFile[], configurations: readonly string[]): ProjectDraft {
  const files = [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
  const notes: string[] = [];
  const variables = variablesIn(files);
  const release = releaseIn(files, variables, notes);
  const mounts = new Map<string, string>();
  const sets = new Map<string, readonly string[]>();
  for (const file of files) {
    const known = new Mounts(file, configurations);
    for (const { name, line, paths } of launchesIn(file, variables)) {
      const resolved = paths.map((path) => known.fileOf(path));
      const missing = paths.filter((_, i) => resolved[i] === undefined);
      const own = resolved.filter((one) => one !== undefined);
      // Other programs have the same option.
      if (missing.length > 0 && own.length > 0) {
        notes.push(
          `${file.path}:${line} starts Canton with ${missing.join(', ')}, which was not found, so no launch set is derived from it`,
        );
      }
      const isKnown = [...sets.values()].some((set) => set.join('|') === own.join('|'));
      if (own.length === 0 || missing.length > 0 || isKnown) continue;
      const id = unused(name, sets);
      sets.set(id, own);
      notes.push(`launch set "${id}" is from ${file.path}:${line}`);
      for (const [container, host] of known.used()) mounts.set(container, host);
    }
  }
  const project = {
    ...release,
    ...(sets.size > 0 && { launchSets: Object.fromEntries(sets) }),
    ...(mounts.size > 0 && { mounts: Object.fromEntries(mounts) }),
  };
  return { project, notes };
}

function unused(name: string, sets: ReadonlyMap<string, unknown>): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? name : `${name}-${n}`;
    if (!sets.has(id)) return id;
  }
}

/** `NAME=VALUE` lines of env files: Compose replaces variables in its files with the values. */
function variablesIn(files: readonly FoundFile[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const { path, text } of files) {
    if (!/(?:^|[./])env$/.test(path)) continue;
    for (const [name, value] of readEnvFile(text)) if (!variables.has(name)) variables.set(name, value);
  }
  return variables;
}

function expanded(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g, (whole, braced, fallback, bare) => {
    return variables.get(braced ?? bare) ?? fallback ?? whole;
  });
}

interface FoundRelease {
  readonly cantonVersion?: string;
  readonly spliceVersion?: string;
  readonly edition?: Edition;
}

/** The release of the images that are started; undefined if they differ. */
function releaseIn(files: readonly FoundFile[], variables: ReadonlyMap<string, string>, notes: string[]): FoundRelease {
  const found = new Map<string, FoundRelease>();
  const places: string[] = [];
  for (const { path, text } of files) {
    for (const [i, written] of text.split('\n').entries()) {
      const [, reference = ''] = /^\s*(?:-\s*)?(?:image:|FROM(?:\s+--\S+)?)\s*["']?([^\s"'#]+)/.exec(written) ?? [];
      const release = releaseOf(expanded(reference, variables));
      if (release === undefined) continue;
      found.set(JSON.stringify(release), release);
      places.push(`${path}:${i + 1}`);
    }
  }
  const [only] = found.values();
  if (only === undefined) return {};
  if (found.size > 1) {
    notes.push(`images of several versions are started (${places.join(', ')}), so no version is written`);
    return {};
  }
  notes.push(
    `${only.spliceVersion === undefined ? 'cantonVersion' : 'spliceVersion'} is from the image of ${places[0]}`,
  );
  return only;
}

/** The name, its part after `canton`, and the tag. */
const IMAGE = /(?:^|\/)([a-z]+(-[a-z-]+)?):v?(\d[\w.-]*)(?:@.*)?$/;

function releaseOf(reference: string): FoundRelease | undefined {
  const [, name = '', kind = '', tag = ''] = IMAGE.exec(reference) ?? [];
  const known =
    cantonOfImage(`${name}:${tag}`) ?? (/^canton(?:-[a-z-]+)?$/.test(name) ? cantonRelease(tag) : undefined);
  if (known === undefined) return undefined;
  if (tag.startsWith('0.')) return { spliceVersion: tag };
  const cantonVersion = known.release ?? known.version;
  if (/open-source|community/.test(kind)) return { cantonVersion, edition: 'community' };
  return /enterprise/.test(kind) ? { cantonVersion, edition: 'enterprise' } : { cantonVersion };
}

/** A command that starts Canton. */
interface Launch {
  readonly name: string;
  /** One-based. */
  readonly line: number;
  /** The arguments of its `-c` options, in order. */
  readonly paths: readonly string[];
}

const CONFIG_FILE = /\.(?:conf|hocon|json)$/i;

function launchesIn(file: FoundFile, variables: ReadonlyMap<string, string>): readonly Launch[] {
  return commandsIn(file.text).flatMap(({ line, text }): Launch[] => {
    const words = expanded(text, variables)
      .split(/[\s[\],"'`;]+/)
      .filter((word) => word !== '' && word !== '-');
    const paths: string[] = [];
    for (const [i, word] of words.entries()) {
      const [, joined] = /^(?:--config|-c)=(.+)$/.exec(word) ?? [];
      if (joined === undefined && word !== '-c' && word !== '--config') continue;
      // One option may name several files, with commas between them.
      for (const one of [...(joined === undefined ? [] : [joined]), ...words.slice(i + 1)]) {
        if (!CONFIG_FILE.test(one)) break;
        paths.push(one);
        if (!text.includes(`${one},`)) break;
      }
    }
    return paths.length === 0 ? [] : [{ name: nameOf(file, line), line, paths: [...new Set(paths)] }];
  });
}

interface Command {
  readonly line: number;
  readonly text: string;
}

/** The commands of a text: lines, including their continuations, and lists of words, each as one text. */
function commandsIn(text: string): readonly Command[] {
  const commands: Command[] = [];
  let open: { line: number; text: string; indent: number; brackets: number; continues: boolean } | undefined;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const indent = line.search(/\S/);
    const isItem = /^\s*-\s/.test(line);
    const isInner =
      open !== undefined &&
      (open.continues || open.brackets > 0 || (isItem && indent >= open.indent && /:\s*$|^\s*-/.test(open.text)));
    if (open !== undefined && isInner) open.text += `\n${line.replace(/\\$/, '')}`;
    else {
      if (open !== undefined) commands.push(open);
      open = { line: i + 1, text: line.replace(/\\$/, ''), indent: Math.max(indent, 0), brackets: 0, continues: false };
    }
    open.brackets += (line.match(/\[/g)?.length ?? 0) - (line.match(/\]/g)?.length ?? 0);
    open.continues = /\\$|:\s*[|>][+-]?\s*$/.test(line) || (open.continues && indent > open.indent);
  }
  if (open !== undefined) commands.push(open);
  return commands.filter((one) => !/^\s*#/.test(one.text));
}

/** The Compose service or container around a line, otherwise the name of the file. */
function nameOf({ path, text }: FoundFile, line: number): string {
  const before = text.split('\n').slice(0, line);
  const services = before.findIndex((one) => /^services:\s*$/.test(one));
  const inner = services < 0 ? [] : before.slice(services + 1).filter((one) => /^\s+[^\s#]/.test(one));
  const indent = /^\s+/.exec(inner[0] ?? '')?.[0];
  const own = inner.findLast(
    (one) => indent !== undefined && one.startsWith(indent) && /^[\w.-]+:\s*$/.test(one.slice(indent.length)),
  );
  const container = before.findLast((one) => /^\s*(?:-\s+)?name:\s*[\w.-]+\s*$/.test(one));
  const name = own?.trim().replace(/:$/, '') ?? (/\.ya?ml$/.test(path) ? container?.split(':')[1]?.trim() : undefined);
  return name ?? posix.basename(path).replace(/\.\w+$/, '');
}

/** Files by their paths in a container or a script. */
class Mounts {
  /** Host path by container path. */
  private readonly mounts: ReadonlyMap<string, string>;
  private readonly usedMounts = new Map<string, string>();
  private readonly folder: string;

  constructor(
    { path, text }: FoundFile,
    private readonly configurations: readonly string[],
  ) {
    this.folder = posix.dirname(path);
    const mounts = new Map<string, string>();
    for (const [, host = '', container = ''] of text.matchAll(/["'\s-](\.{0,2}[\w./-]*):(\/[^:\s"',]+)/g)) {
      if (host !== '' && !host.startsWith('/')) mounts.set(container.replace(/\/$/, ''), this.below(host));
    }
    for (const [, source = '', target = ''] of text.matchAll(/source:\s*(\S+)\s+target:\s*(\S+)/g)) {
      mounts.set(target.replace(/\/$/, ''), this.below(source));
    }
    for (const [, source = '', target = ''] of text.matchAll(/^(?:COPY|ADD)\s+(?:--\S+\s+)*(\S+)\s+(\/\S*)/gm)) {
      mounts.set(target.replace(/\/$/, ''), this.below(source));
    }
    this.mounts = mounts;
  }

  /**
   * The file relative to the project, found by its mount, its location next to the script, or its name; undefined if
   * there is none.
   */
  fileOf(path: string): string | undefined {
    for (const [container, host] of this.mounts) {
      if (path !== container && !path.startsWith(`${container}/`)) continue;
      const file = posix.join(host, path.slice(container.length));
      const isFile = this.configurations.includes(host);
      if (!isFile && !this.configurations.includes(file)) continue;
      if (!isFile) this.usedMounts.set(container, host);
      return isFile ? host : file;
    }
    const near = [this.below(path), posix.normalize(path)].find((one) => this.configurations.includes(one));
    if (near !== undefined) return near;
    const named = this.configurations.filter((one) => posix.basename(one) === posix.basename(path));
    return named.length === 1 ? named[0] : undefined;
  }

  /** The mounts of folders in which files were found. */
  used(): ReadonlyMap<string, string> {
    return this.usedMounts;
  }

  private below(path: string): string {
    return posix.normalize(posix.join(this.folder, path)).replace(/\/$/, '');
  }
}
