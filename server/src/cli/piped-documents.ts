import type { Position } from './report';

/** A document of a stream, such as `helm template` and `kubectl get -o yaml` write. */
export interface PipedDocument {
  /** `ConfigMap/participant`; undefined if the document does not contain it. */
  readonly name: string | undefined;
  /** The end of it, zero-based. */
  readonly end: Position;
}

const BEGINS = /^(?:---|apiVersion:|kind:|services:|additionalEnvVars:|kms:)/m;

/** JSON is YAML as well. */
const BEGINS_JSON =
  /^\s*\{[^{}]*"(?:apiVersion|kind)"\s*:|^\s*\{\s*"items"\s*:\s*\[\s*\{[^{}]*"(?:apiVersion|kind)"\s*:/;

/** Whether a text is YAML of a tool that writes deployments, and not HOCON. */
export function isYamlStream(text: string): boolean {
  return BEGINS.test(text) || BEGINS_JSON.test(text);
}

/** The documents of a stream, in order; the items of a list are separate documents. */
export function pipedDocuments(text: string): readonly PipedDocument[] {
  return /^\s*\{/.test(text) ? jsonDocuments(text) : yamlDocuments(text);
}

function yamlDocuments(text: string): readonly PipedDocument[] {
  const lines = text.split('\n');
  const isBoundary = (line: string) => /^---(?:\s|$)/.test(line) || /^ *- (?:apiVersion|kind):/.test(line);
  const starts = [0, ...lines.flatMap((line, i) => (i > 0 && isBoundary(line) ? [i] : []))];
  return starts.map((start, i) => {
    const endLine = starts[i + 1] ?? lines.length;
    return { name: nameOf(lines.slice(start, endLine)), end: { line: endLine, character: 0 } };
  });
}

function nameOf(document: readonly string[]): string | undefined {
  // The item of a list as if it were a document of its own.
  const [, indent, dash] = /^( *)(- )?/.exec(document[0] ?? '') ?? [];
  const margin = dash === undefined ? 0 : (indent?.length ?? 0) + dash.length;
  const lines = document.map((line) => (/^[ -]*$/.test(line.slice(0, margin)) ? line.slice(margin) : line));
  const kind = lines.map((line) => /^kind:\s*["']?([\w.-]+)/.exec(line)?.[1]).find((one) => one !== undefined);
  const metadata = lines.findIndex((line) => /^metadata:/.test(line));
  if (kind === undefined || metadata < 0) return undefined;
  const beside = /^metadata:\s*\{.*?\bname:\s*["']?([\w.-]+)/.exec(lines[metadata] ?? '')?.[1];
  if (beside !== undefined) return `${kind}/${beside}`;
  let depth: number | undefined;
  for (const line of lines.slice(metadata + 1)) {
    const own = line.search(/\S/);
    if (own < 0) continue;
    if (own === 0) break;
    depth ??= own;
    const name = /^ *name:\s*["']?([\w.-]+)/.exec(line)?.[1];
    if (name !== undefined && own === depth) return `${kind}/${name}`;
  }
  return undefined;
}

/** An object of JSON that is still open. */
interface OpenObject {
  readonly isMetadata: boolean;
  key: string | undefined;
  kind?: string;
  name?: string;
}

/** True where nothing is open, or the array of a list. */
function isDocument(open: readonly (OpenObject | undefined)[]): boolean {
  return open.length === 0 || (open.length === 2 && open[1] === undefined);
}

const JSON_TOKENS = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]|\n/gs;

/** The object, or the items of its list. */
function jsonDocuments(text: string): readonly PipedDocument[] {
  const found: PipedDocument[] = [];
  const open: (OpenObject | undefined)[] = [];
  let line = 0;
  let lineAt = 0;
  for (const { 0: token, 1: written, 2: colon, index } of text.matchAll(JSON_TOKENS)) {
    const inside = open.at(-1);
    if (token === '\n') {
      line++;
      lineAt = index + 1;
    } else if (token === '{') open.push({ isMetadata: inside?.key === 'metadata', key: undefined });
    else if (token === '[') open.push(undefined);
    else if (token === ']') open.pop();
    else if (token === '}') {
      open.pop();
      const around = open.at(-1);
      const { isMetadata = false, kind, name } = inside ?? {};
      if (isMetadata && around !== undefined && name !== undefined) around.name ??= name;
      else if (kind !== undefined && name !== undefined && isDocument(open))
        found.push({ name: `${kind}/${name}`, end: { line, character: index - lineAt } });
    } else if (inside !== undefined && written !== undefined) {
      if (colon !== undefined) inside.key = written;
      else if (inside.key === 'kind') inside.kind ??= written;
      else if (inside.key === 'name' && inside.isMetadata) inside.name ??= written;
    }
  }
  return found;
}
