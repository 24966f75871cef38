/** A document of a stream, such as `helm template` and `kubectl get -o yaml` write. */
export interface PipedDocument {
  /** `ConfigMap/participant`; undefined if the document does not contain it. */
  readonly name: string | undefined;
  /** The number of the first line after it, zero-based. */
  readonly endLine: number;
}

const BEGINS = /^(?:---|apiVersion:|kind:|services:|additionalEnvVars:|kms:)/m;

/** JSON is YAML as well. */
const BEGINS_JSON = /^\s*\{[^{}]*"(?:apiVersion|kind)"\s*:/;

/** Whether a text is YAML of a tool that writes deployments, and not HOCON. */
export function isYamlStream(text: string): boolean {
  return BEGINS.test(text) || BEGINS_JSON.test(text);
}

/** The documents of a stream, in order; the items of a list are separate documents. */
export function pipedDocuments(text: string): readonly PipedDocument[] {
  const lines = text.split('\n');
  const isBoundary = (line: string) => /^---(?:\s|$)/.test(line) || /^ *- (?:apiVersion|kind):/.test(line);
  const starts = [0, ...lines.flatMap((line, i) => (i > 0 && isBoundary(line) ? [i] : []))];
  return starts.map((start, i) => {
    const endLine = starts[i + 1] ?? lines.length;
    return { name: nameOf(lines.slice(start, endLine)), endLine };
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
