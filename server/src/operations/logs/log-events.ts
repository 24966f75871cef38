import type { NodeSection } from '../../model/facts/nodes';

/** One entry of a log: the message and the lines after it, such as a stack trace. */
export interface LogEvent {
  /** One-based, in the given text. */
  readonly line: number;
  /** The logger as it is written, without its context; undefined if the line has no log header. */
  readonly logger: string | undefined;
  /** The node that the logger names. */
  readonly node: LoggedNode | undefined;
  readonly text: string;
  /** True if the log says so of its level. */
  readonly isError: boolean;
  /** True if it is one line of JSON, however many lines its message has. */
  readonly isOneLine: boolean;
}

export interface LoggedNode {
  readonly kind: NodeSection;
  readonly name: string;
}

/** A stack trace of all threads has thousands of lines, and the cause is near its beginning. */
const MAX_TEXT = 20_000;
/** Longer lines do not occur in logs. */
const MAX_LINE = 100_000;

/**
 * The entries of a log, independent of the program that printed, wrapped or colored it: Canton's text log and its
 * standard output (`logback.xml`), JSON lines of an encoder, the lines of containers with the prefixes of Docker,
 * Compose and Kubernetes. Text without log headers, such as standard error or a pasted excerpt, is split into entries
 * as well.
 */
export function logEvents(text: string): LogEvent[] {
  const events: Building[] = [];
  let number = 0;
  for (const raw of text.split('\n')) {
    number++;
    for (const { line, starts } of unwrapped(raw)) {
      const last = events.at(-1);
      if (starts !== undefined) events.push({ ...starts, line: number, lines: [starts.message], size: 0 });
      else if (last === undefined || (last.isPlain && !continues(line)))
        events.push({ ...PLAIN, line: number, lines: [line], size: 0 });
      else if (last.size < MAX_TEXT) {
        last.lines.push(line);
        last.size += line.length;
      }
    }
  }
  return events.map(({ lines, line, logger, node, isError, isOneLine }) => ({
    line,
    logger,
    node,
    isError,
    isOneLine,
    text: lines.join('\n'),
  }));
}

interface Building extends Omit<LogEvent, 'text'> {
  /** True if the entry has no header. */
  readonly isPlain: boolean;
  readonly lines: string[];
  size: number;
}

const PLAIN = { logger: undefined, node: undefined, isPlain: true, isError: false, isOneLine: false } as const;

interface Head extends Pick<LogEvent, 'logger' | 'node' | 'isError' | 'isOneLine'> {
  readonly isPlain: boolean;
  readonly message: string;
}

/** Lines that belong to the text before them, if no line has a log header. */
function continues(line: string): boolean {
  return /^(?:\s|Caused by:|\.\.\. \d+ more|canton\.|\))/.test(line);
}

/** The lines in one line of the log: itself, or the message and the stack trace of a JSON line. */
function unwrapped(raw: string): { readonly line: string; readonly starts: Head | undefined }[] {
  const line = withoutPrefix(withoutColors(raw.slice(0, MAX_LINE).replace(/\r$/, '')));
  const json = line.startsWith('{') ? jsonLine(line) : undefined;
  if (json === undefined) return [{ line, starts: headOf(line) }];
  const [first = '', ...more] = json.text.split(/\r?\n/);
  const starts = { ...(headOf(first) ?? headFrom(json.logger, first, json.level)), isOneLine: true };
  return [{ line: first, starts }, ...more.map((one) => ({ line: one, starts: undefined }))];
}

/**
 * Canton's own pattern: `DATE [THREAD] LEVEL LOGGER:CONTEXT TRACE - MESSAGE`, anywhere on the line, after unknown
 * prefixes.
 */
const HEAD = /\d{2}:\d{2}:\d{2}[.,]\d+\S* \[[^\]]*\] (TRACE|DEBUG|INFO|WARN|ERROR) +(\S.*?) - (.*)$/;

function headOf(line: string): Head | undefined {
  const [, level, logger, message] = HEAD.exec(line) ?? [];
  return logger === undefined || message === undefined ? undefined : headFrom(logger, message, level);
}

function headFrom(named: string | undefined, message: string, level: string | undefined): Head {
  // Contexts have blanks in them where they name a synchronizer.
  const [logger, context = ''] = named?.split(/[:\s](.*)/s) ?? [];
  return { logger, node: nodeIn(context), isPlain: false, isError: level === 'ERROR', isOneLine: false, message };
}

const KINDS: Readonly<Record<string, NodeSection>> = {
  participant: 'participants',
  sequencer: 'sequencers',
  mediator: 'mediators',
  domain: 'domains',
  'domain-manager': 'domain-managers',
};

/** `participant=p1/psid=…` */
function nodeIn(context: string): LoggedNode | undefined {
  const [, written = '', name] =
    /(?:^|\/)(participant|sequencer|mediator|domain-manager|domain)=([\w-]+)/.exec(context) ?? [];
  const kind = KINDS[written];
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const COLORS = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

function withoutColors(line: string): string {
  return line.includes('\u001b') ? line.replace(COLORS, '') : line;
}

const STAMP = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)`;

/** The prefixes of containers: files of the CRI, `kubectl logs` with `--prefix` and `--timestamps`, and `docker compose logs`. */
const PREFIXES = [
  new RegExp(`^${STAMP} (?:stdout|stderr) [FP] `),
  /^\[pod\/[^\]]+\] /,
  /^[\w.-]+ +\| /,
  new RegExp(String.raw`^${STAMP} (?!\[)`),
];

function withoutPrefix(line: string): string {
  let rest = line;
  for (const prefix of PREFIXES) rest = rest.replace(prefix, '');
  return rest;
}

interface JsonLine {
  readonly text: string;
  readonly logger: string | undefined;
  readonly level: string | undefined;
}

/** The message and stack trace of a JSON line; undefined for any other object. */
function jsonLine(line: string): JsonLine | undefined {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return undefined;
  }
  const textAt = (...names: readonly string[]) => {
    const found = names.map((name) => (read as Record<string, unknown>)[name]).find((one) => typeof one === 'string');
    return typeof found === 'string' ? found : undefined;
  };
  // Docker's own files contain the printed line, which may itself be JSON.
  const printed = textAt('log');
  if (printed !== undefined) {
    const inner = withoutColors(printed.replace(/\r?\n$/, ''));
    return (
      (inner.startsWith('{') ? jsonLine(inner) : undefined) ?? { text: inner, logger: undefined, level: undefined }
    );
  }
  const message = textAt('message', 'msg');
  if (message === undefined) return undefined;
  const trace = textAt('stack_trace', 'stackTrace', 'exception');
  return {
    text: trace === undefined ? message : `${message}\n${trace}`,
    logger: textAt('logger_name', 'logger', 'loggerName'),
    level: textAt('level', 'severity'),
  };
}
