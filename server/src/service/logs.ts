import { maskedLine, withoutCredentials } from '../model/facts/secrets';
import { explainLog, type LogFinding, type LoggedLaunch } from '../operations/logs/explain-log';
import { markdownCode, markdownFence, markdownLink, markdownProse, markdownText } from '../text/encoders/markdown';
import { lineEnd, lineStart } from '../text/lines';
import { fileName, type Location } from '../text/location';
import type { Range } from '../text/positions';
import { normalize } from '../workspace/documents';
import { enclosingOf } from '../workspace/regions';
import type { Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';

/** The causes that a log names, in plain data. */
export interface LogAnswer {
  /** In the order of the log; empty if no failure in it is known. */
  readonly findings: readonly ExplainedFailure[];
  /** Nodes or files in the log that are not in the configuration. */
  readonly foreign: readonly string[];
  /** The first error of Canton in the log, one-based. */
  readonly firstError: { readonly line: number; readonly words: string } | undefined;
}

export interface ExplainedFailure extends Omit<LogFinding, 'places'> {
  readonly places: readonly PlacedKey[];
}

export interface PlacedKey {
  /** `canton.participants.p1.crypto.kms.region`; empty for a place that is no key. */
  readonly path: string;
  /** Undefined if no file has it, or if no files were given. */
  readonly at: { readonly uri: string; readonly range: Range; readonly text: string } | undefined;
}

/** The answer as Markdown, with links to the lines of the configuration. */
export interface LogPage {
  readonly markdown: string;
  readonly isKnown: boolean;
}

/** Explains logs of Canton with the configuration that Canton was started with. */
export function logs(workspace: Workspace) {
  const { snapshotOf, setOf, snapshots, chosenSet } = workspace;

  function answer(text: string, held: Snapshot | undefined): LogAnswer {
    const { findings, foreign, firstError } = explainLog(text, held && launchOf(held));
    return {
      foreign,
      firstError: firstError && { ...firstError, words: withoutCredentials(firstError.words) },
      findings: findings.map((finding) => ({
        ...finding,
        words: withoutCredentials(finding.words),
        places: finding.places.map(({ path, location }) => ({ path, at: held && location && shown(held, location) })),
      })),
    };
  }

  return {
    /** @param uris the files that Canton was started with, in order; without them, no line is named */
    async explainLogFiles(text: string, uris: readonly string[]): Promise<LogAnswer> {
      return answer(text, uris.length === 0 ? undefined : await snapshotOf(await setOf(uris)));
    },

    /** The same for the launch set of a document, or for none, as a page. */
    async explainLog(text: string, uri: string | undefined): Promise<LogPage> {
      if (uri === undefined) return pageOf(answer(text, undefined));
      const [held, chosen] = [await snapshots(normalize(uri)), await chosenSet(normalize(uri))];
      return pageOf(answer(text, held.find(({ set }) => set.id === chosen?.id) ?? held[0]));
    },
  };
}

function launchOf(held: Snapshot): LoggedLaunch {
  const { config, nodes, diagnostics, files } = held;
  return {
    config,
    nodes,
    diagnostics,
    files,
    lineOf: (uri, line) => {
      const lines = held.lines(uri);
      if (lines === undefined) return undefined;
      const start = lines.offsetAt({ line: line - 1, character: 0 });
      return { uri, range: { start, end: lineEnd(held.sources.get(uri)?.text ?? '', start) } };
    },
  };
}

function shown(held: Snapshot, { uri, range }: Location): PlacedKey['at'] {
  const lines = held.lines(uri);
  const text = held.sources.get(uri)?.text;
  if (lines === undefined || text === undefined) return undefined;
  const line = text.slice(lineStart(text, range.start), lineEnd(text, range.start));
  return {
    uri,
    range: { start: lines.positionAt(range.start), end: lines.positionAt(range.end) },
    text: maskedLine(line).trim(),
  };
}

function pageOf({ findings, foreign, firstError }: LogAnswer): LogPage {
  const isKnown = findings.length > 0;
  const why =
    foreign.length === 0
      ? 'The log shows no failure of Canton that is known here.'
      : `The failures in the log are those of ${foreign.join(', ')}, which this configuration does not have.`;
  const parts = isKnown
    ? findings.map(section)
    : [
        `**Unknown.** ${markdownText(why)}`,
        ...(firstError === undefined
          ? []
          : [`The first error is in line ${firstError.line}:`, markdownFence('', firstError.words)]),
      ];
  return { markdown: `${['# Explained log', ...parts].join('\n\n')}\n`, isKnown };
}

function section({ id, node, cause, remedy, line, count, words, places }: ExplainedFailure): string {
  const times = count === 1 ? '' : `, ${count} times`;
  return [
    `## ${markdownText(node === undefined ? id : `${id}: ${node}`)}`,
    markdownProse(cause),
    `**Do:** ${markdownProse(remedy)}`,
    ...places.map(placeText),
    `Line ${line} of the log${times}:`,
    markdownFence('', words),
  ].join('\n\n');
}

function placeText({ path, at }: PlacedKey): string {
  if (at === undefined) return markdownCode(path);
  const line = at.range.start.line + 1;
  const link = markdownLink(`${fileName(enclosingOf(at.uri))}:${line}`, `${enclosingOf(at.uri)}#L${line}`);
  return `${link}${path === '' ? '' : ` ${markdownCode(path)}`}\n\n${markdownFence('hocon', at.text)}`;
}
