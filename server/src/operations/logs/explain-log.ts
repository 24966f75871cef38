import { type ConfigObject, entryAt } from '../../hocon/values/config-value';
import { locationOfKey } from '../../model/binding/locations';
import type { Diagnostic } from '../../model/diagnostic';
import type { CantonNode } from '../../model/facts/nodes';
import { fileName, type Location } from '../../text/location';
import { hoconFailures, readFailures } from './config-failures';
import { KMS_REASONS } from './kms-failures';
import type { KnownFailure } from './known-failure';
import { type LogEvent, logEvents } from './log-events';
import { RUNNING_FAILURES } from './running-failures';
import { START_FAILURES } from './start-failures';
import { TRACES } from './traces';
import { VALIDATION_FAILURES } from './validation-failures';

/** The launch set that wrote the log. */
export interface LoggedLaunch {
  readonly config: ConfigObject;
  readonly nodes: readonly Pick<CantonNode, 'id' | 'kind' | 'name' | 'path'>[];
  readonly diagnostics: readonly Diagnostic[];
  /** The URIs of the files of the launch set. */
  readonly files: readonly string[];
  /** The location of a line, which is one-based. */
  readonly lineOf: (uri: string, line: number) => Location | undefined;
}

/** A failure that a log shows. */
export interface LogFinding {
  /** `kms/access-denied` */
  readonly id: string;
  /** `participants.p1`; undefined if the log does not name it. */
  readonly node: string | undefined;
  /** Whole sentences. */
  readonly cause: string;
  readonly remedy: string;
  /** One-based line of its first occurrence in the log. */
  readonly line: number;
  /** The beginning of Canton's message. */
  readonly words: string;
  /** The number of occurrences in the log. */
  readonly count: number;
  /** The keys that it is about, the most likely first. Without files they have no location. */
  readonly places: readonly LogPlace[];
  /** The place in Canton's sources that prints it: file, line and version. */
  readonly source: string;
}

export interface LogPlace {
  /** `canton.participants.p1.crypto.kms.region` */
  readonly path: string;
  readonly location: Location | undefined;
}

export interface ExplainedLog {
  /** In the order of the log; empty if none of its failures is known. */
  readonly findings: readonly LogFinding[];
  /** Nodes that have failures in the log but are not configured in the files. */
  readonly foreign: readonly string[];
  /** The first error of Canton in the log, for a reader who has to go on alone. */
  readonly firstError: { readonly line: number; readonly words: string } | undefined;
}

/** A match in one entry, without its location. */
export interface Match extends Pick<LogFinding, 'id' | 'cause' | 'remedy' | 'words' | 'source'> {
  readonly node?: string | undefined;
  readonly keys: readonly string[];
  readonly rules: readonly string[];
  /** The range of the matching words in the entry. */
  readonly offset: number;
  /** The full path that Canton names. */
  readonly path?: readonly string[];
  /** The file and one-based line that Canton names. */
  readonly at?: { readonly file: string; readonly line: number };
  /** A required key that Canton does not find at the path. */
  readonly missing?: string;
  readonly isSymptom?: boolean | undefined;
  /** The maximum number of places that are shown, if not one. */
  readonly places?: number;
  /** The key of the KMS that it is about. */
  readonly key?: string;
}

const KNOWN: readonly KnownFailure[] = [...VALIDATION_FAILURES, ...START_FAILURES, ...RUNNING_FAILURES, ...TRACES].map(
  (known) => ({
    ...known,
    pattern: new RegExp(known.pattern.source, 'g'),
  }),
);

/** The known failures in a Canton log; unknown ones are left out. */
export function explainLog(text: string, launch?: LoggedLaunch): ExplainedLog {
  const found = new Map<string, LogFinding & Pick<Match, 'isSymptom'>>();
  const foreign = new Set<string>();
  let firstError: ExplainedLog['firstError'];
  for (const event of logEvents(text)) {
    if (!mayBeCantons(event)) continue;
    if (event.isError && event.logger !== undefined) {
      firstError ??= { line: event.line, words: wordsAt(event.text, 0, '') };
    }
    for (const match of matchesIn(event)) {
      const node = match.node ?? (event.node === undefined ? undefined : `${event.node.kind}.${event.node.name}`);
      const known = nodeOf(node, launch);
      const places = launch === undefined ? namedPlaces(match, known) : placesIn(match, known, launch);
      if (typeof places === 'string') {
        foreign.add(places);
        continue;
      }
      const { id, cause, remedy, words, source, isSymptom } = match;
      const identity = [id, known, match.path?.join('.'), match.missing, cause].join('\0');
      const before = found.get(identity);
      const own = {
        id,
        node: known,
        cause,
        remedy,
        line: lineOf(event, match.offset),
        words,
        places,
        source,
        isSymptom,
        count: 1,
      };
      found.set(identity, before === undefined ? own : { ...before, count: before.count + 1 });
    }
  }
  const all = [...found.values()];
  const causes = all.filter(({ isSymptom }) => !isSymptom);
  const findings = (causes.length > 0 ? causes : all).map(({ isSymptom: _, ...finding }) => finding);
  return { findings, foreign: [...foreign], firstError };
}

function lineOf({ line, text, isOneLine }: LogEvent, offset: number): number {
  return isOneLine ? line : line + text.slice(0, offset).split('\n').length - 1;
}

const CANTON = /^(?:c\.d\.|com\.(?:digitalasset|daml)\.)/;

function mayBeCantons({ logger }: LogEvent): boolean {
  return logger === undefined || logger === '' || CANTON.test(logger);
}

/** Canton repeats all details of an error in a context after the message. */
const CONTEXT = / err-context:\{[\s\S]*$/;

function matchesIn(event: LogEvent): readonly Match[] {
  const message = event.text.replace(CONTEXT, '');
  const isOwn = (at: number, text = message) =>
    (event.logger !== undefined && (event.isOneLine || isWithin(text, at))) || beginsAt(text, at);
  const config = [...readFailures(message), ...hoconFailures(event.text)].filter(({ offset }) =>
    isOwn(offset, event.text),
  );
  if (config.length > 0) return config;
  const known = KNOWN.flatMap((failure) =>
    [...message.matchAll(failure.pattern)].flatMap((found) =>
      isOwn(found.index) ? [knownMatch(failure, found, message)] : [],
    ),
  );
  return known.some(({ isSymptom }) => !isSymptom) ? known : [...kmsMatch(message, isOwn), ...known];
}

/** In the first line of an entry, or in one that is indented; what another process printed in between is not. */
function isWithin(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 || /\s/.test(text.charAt(start));
}

/** Names of exceptions and of the steps that failed, and no more. */
const MAX_BEFORE = 300;

/**
 * In text without log headers, Canton's message starts a line or directly follows words of Java. Other software and
 * documentation quote it in the middle of other text.
 */
function beginsAt(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (before.length > MAX_BEFORE) return false;
  return /^\s*(?:(?:- |Caused by: |FATAL: |ERROR |WARN |Exception in thread "[^"]*" |[\w.$/-]*(?:Exception|Error|ERROR)\w*(?:\(\d+,[^)]*\))?[:(] ?|\w+(?: \w+)* (?:failed with|due to:?) |[A-Z_]+\/|Grpc\w+: )\s*)*(?:Failed to create crypto private store: |participant [\w-]+: )?$/.test(
    before,
  );
}

function knownMatch(
  { id, cause, remedy, keys = [], rules = [], isSymptom, source }: KnownFailure,
  { 0: matched, index, groups = {} }: RegExpExecArray,
  text: string,
): Match {
  const fill = (template: string) => filled(template, groups);
  return {
    id,
    cause: fill(cause),
    remedy: fill(remedy),
    node: nodeFrom(groups),
    keys: keys.map(fill),
    rules,
    words: wordsAt(text, index, matched),
    offset: index,
    isSymptom,
    source,
    ...(groups.key !== undefined && { key: groups.key }),
  };
}

function filled(template: string, groups: Readonly<Record<string, string | undefined>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => groups[name]?.trim() ?? '…');
}

/** `participants.p1`, or the name alone. */
function nodeFrom({
  kinds,
  kind,
  node,
  only,
  third,
}: Readonly<Record<string, string | undefined>>): string | undefined {
  const name = node ?? only ?? third;
  if (name === undefined) return undefined;
  if (kinds !== undefined) return `${kinds}.${name}`;
  return kind === undefined ? name : `${kind.toLowerCase().replace(' ', '-')}s.${name}`;
}

const KMS_ERROR =
  /(?:KMS operation `(?<operation>[^`]*)` failed: )?(?:EncryptedPrivateStoreError\(\s*)?Kms\w+Error\(\s*(?:keyId = (?:KmsKeyId\()?(?<key>[^),\s]+)\)?,\s*)?(?:reason|purpose) = (?<reason>[\s\S]{1,6000})/;

function kmsMatch(text: string, isOwn: (at: number) => boolean): readonly Match[] {
  const found = KMS_ERROR.exec(text);
  if (found === null || !isOwn(found.index)) return [];
  const { groups: { key = '', reason = '' } = {} } = found;
  const known = KMS_REASONS.find(({ pattern }) => pattern.test(reason));
  if (known === undefined) return [];
  const { action } = known.pattern.exec(reason)?.groups ?? {};
  const fill = (template: string) =>
    template
      .replace('{key}', key === '' ? 'the log does not name it' : key)
      .replace(' {action}', action === undefined ? '' : ` The right is '${action}'.`);
  return [
    {
      id: known.id,
      cause: fill(known.cause),
      remedy: known.remedy,
      keys: known.keys,
      rules: [],
      offset: found.index,
      words: wordsAt(text, found.index, found[0]),
      isSymptom: false,
      // Either the key or its place may be wrong.
      ...(known.id === 'kms/key-not-found' && { places: 2 }),
      source: known.source,
      key,
    },
  ];
}

const MAX_WORDS = 240;

function wordsAt(text: string, index: number, matched: string): string {
  const end = text.indexOf('\n', index + Math.min(matched.length, MAX_WORDS));
  const line = text
    .slice(index, end < 0 ? undefined : end)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_WORDS ? `${line.slice(0, MAX_WORDS)}…` : line;
}

/** The node as the files name it, where the log has only its name. */
function nodeOf(named: string | undefined, launch: LoggedLaunch | undefined): string | undefined {
  if (named === undefined) return launch?.nodes.length === 1 ? launch.nodes[0]?.id : undefined;
  if (named.includes('.')) return named;
  return launch?.nodes.find(({ name }) => name === named)?.id ?? named;
}

function namedPlaces({ path, missing, keys }: Match, node: string | undefined): readonly LogPlace[] {
  const first = path === undefined ? undefined : [...path, ...(missing === undefined ? [] : [missing])].join('.');
  const base = node?.includes('.') ? `canton.${node}` : undefined;
  const guessed = base === undefined || keys[0] === undefined ? undefined : [base, keys[0]].filter(Boolean).join('.');
  const shown = first ?? guessed;
  return shown === undefined ? [] : [{ path: shown, location: undefined }];
}

/** @returns the node or file of a failure that does not belong to this launch set */
function placesIn(match: Match, node: string | undefined, launch: LoggedLaunch): readonly LogPlace[] | string {
  if (match.path !== undefined) return readPlace(match, match.path, launch);
  if (match.at !== undefined) return filePlace(match, match.at, launch);
  const known = launch.nodes.find(({ id }) => id === node);
  if (node !== undefined && known === undefined) return node;
  const reported = reportedPlace(match, node, launch);
  if (reported !== undefined) return [reported];
  if (known === undefined) return [];
  const written = match.keys.flatMap((key) => {
    const path = [...known.path, ...key.split('.').filter(Boolean)];
    const entry = entryAt(launch.config, path);
    if (entry === undefined || !isKey(match, key, entry.value)) return [];
    return [{ path: path.join('.'), location: locationOfKey(entry, entry.value.origin) }];
  });
  return written.slice(0, match.places ?? 1);
}

/** The configured wrapper key is the location only of failures about this key. */
function isKey({ key }: Match, path: string, value: { readonly kind: string; readonly value?: unknown }): boolean {
  if (!path.endsWith('wrapper-key-id') || key === undefined || value.kind !== 'string') return true;
  const written = String(value.value);
  return key.includes(written) || written.includes(key);
}

/** The location that a rule reports for the same failure. */
function reportedPlace({ rules, keys }: Match, node: string | undefined, launch: LoggedLaunch): LogPlace | undefined {
  const found = launch.diagnostics.filter(
    ({ code, configPath = '' }) =>
      rules.includes(code) &&
      (node === undefined || configPath === `canton.${node}` || configPath.startsWith(`canton.${node}.`)),
  );
  const near = keys
    .filter((key) => key !== '')
    .flatMap((key) => found.filter(({ configPath = '' }) => configPath.startsWith(`canton.${node}.${key}`)));
  const [best] = [...near, ...found];
  return best && { path: best.configPath ?? '', location: { uri: best.uri, range: best.range } };
}

/**
 * The location of a path that Canton could not read; its node if the files do not contain the path, or if Canton names
 * another file.
 */
function readPlace({ missing, at }: Match, path: readonly string[], launch: LoggedLaunch): LogPlace[] | string {
  const full = [...path, ...(missing === undefined ? [] : [missing])];
  const shown = full.join('.');
  const reported = launch.diagnostics.find(
    ({ configPath, severity }) => severity === 'error' && (configPath === shown || configPath === path.join('.')),
  );
  if (reported !== undefined) return [{ path: shown, location: { uri: reported.uri, range: reported.range } }];
  const isNamed = at === undefined || launch.files.some((uri) => fileName(uri) === at.file);
  const isThere = missing !== undefined && entryAt(launch.config, full) !== undefined;
  const node = path.slice(1, 3).join('.');
  if (!isNamed || isThere) return node;
  for (let length = path.length; length > 1; length--) {
    const entry = entryAt(launch.config, path.slice(0, length));
    if (entry !== undefined) return [{ path: shown, location: locationOfKey(entry, entry.value.origin) }];
  }
  return node;
}

function filePlace({ rules }: Match, at: { readonly file: string; readonly line: number }, launch: LoggedLaunch) {
  const uri = launch.files.find((one) => fileName(one) === at.file);
  if (uri === undefined) return at.file;
  const reported = launch.diagnostics.find(
    (one) => one.uri === uri && one.severity === 'error' && rules.some((rule) => one.code.startsWith(rule)),
  );
  const location = reported === undefined ? launch.lineOf(uri, at.line) : { uri, range: reported.range };
  return [{ path: '', location }];
}
