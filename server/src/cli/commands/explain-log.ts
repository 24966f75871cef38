import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { ExplainedFailure, LogAnswer, PlacedKey } from '../../service';
import { jsonText } from '../../text/encoders/json';
import { terminalLines, terminalText } from '../../text/encoders/terminal';
import { launchSettings } from '../command';
import { type ExitCode, type Io, UsageError } from '../io';
import { openFiles, readNamed, shown } from '../targets';

export interface LogOptions {
  /** A file, or `-` for standard input. */
  readonly log: string;
  /** The files that Canton was started with. */
  readonly files: readonly string[];
  readonly format: 'text' | 'json';
}

/** Prints the causes of the failures in a log; exits with 1 if none is known. */
export async function explainLog(
  { log, files, format }: LogOptions,
  launch: Parameters<typeof launchSettings>[0],
  io: Io,
): Promise<ExitCode> {
  const { service, uris } = await openFiles(files, io, await launchSettings(launch, io));
  const answer = await service.explainLogFiles(await textOf(log, io), uris);
  io.out(format === 'json' ? `${jsonText({ version: 1, ...withPaths(answer, io.cwd) })}\n` : page(answer, log, io.cwd));
  return answer.findings.length > 0 ? 0 : 1;
}

async function textOf(log: string, io: Io): Promise<string> {
  if (log !== '-') return readNamed(resolve(io.cwd, log), io);
  const input = await io.readInput();
  if (input.kind !== 'text') throw new UsageError(`standard input ${input.reason}`);
  return input.text;
}

function page({ findings, foreign, firstError }: LogAnswer, log: string, cwd: string): string {
  if (findings.length > 0) return findings.map((finding) => terminalLines(block(finding, log, cwd))).join('\n');
  const others = foreign.filter((name) => name !== '');
  const why =
    others.length === 0
      ? 'the log shows no failure of Canton that is known here.'
      : `the failures in the log are those of ${others.join(', ')}, which these files do not configure.`;
  const first = firstError && `  The first error: ${log}:${firstError.line}: ${terminalText(firstError.words)}\n`;
  return terminalLines(`unknown: ${why}\n${first ?? ''}`);
}

function block(
  { id, node, cause, remedy, line, words, count, places }: ExplainedFailure,
  log: string,
  cwd: string,
): string {
  const times = count === 1 ? '' : `, ${count} times`;
  return [
    `${id}${node === undefined ? '' : ` (${node})`}: ${cause}`,
    `  Do: ${remedy}`,
    ...places.map((place) => `  At: ${placeText(place, cwd)}`),
    `  Log: ${log}:${line}${times}: ${terminalText(words)}`,
    '',
  ].join('\n');
}

function placeText({ path, at }: PlacedKey, cwd: string): string {
  if (at === undefined) return path;
  const place = `${shown(URI.parse(at.uri).fsPath, cwd)}:${at.range.start.line + 1}`;
  return [place, path, at.text].filter((part) => part !== '').join('  ');
}

/** Scripts want paths, not URIs. */
function withPaths({ findings, foreign, firstError }: LogAnswer, cwd: string): object {
  return {
    foreign,
    ...(firstError !== undefined && { firstError }),
    findings: findings.map((finding) => ({
      ...finding,
      places: finding.places.map(({ path, at }) => ({
        path,
        ...(at !== undefined && { file: shown(URI.parse(at.uri).fsPath, cwd), range: at.range, text: at.text }),
      })),
    })),
  };
}
