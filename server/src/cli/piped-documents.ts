/** A document of a stream, such as `helm template` and `kubectl get -o yaml` write. */
export interface PipedDocument {
  /** `ConfigMap/participant`; undefined if it does not say. */
  readonly name: string | undefined;
  /** The number of the first line after it, zero-based. */
  readonly endLine: number;
}

const BEGINS = /^(?:---|apiVersion:|kind:|services:|additionalEnvVars:|kms:)/m;

/** Whether a text is YAML of a tool that writes deployments, and not HOCON. */
export function isYamlStream(text: string): boolean {
  return BEGINS.test(text);
}

/** The documents of a stream in their order; the items of a list are documents of their own. */
export function pipedDocuments(text: string): readonly PipedDocument[] {
  const lines = text.split('\n');
  const isBoundary = (line: string) => /^---(?:\s|$)/.test(line) || /^- apiVersion:/.test(line);
  const starts = [0, ...lines.flatMap((line, i) => (i > 0 && isBoundary(line) ? [i] : []))];
  return starts.map((start, i) => {
    const endLine = starts[i + 1] ?? lines.length;
    return { name: nameOf(lines.slice(start, endLine)), endLine };
  });
}

function nameOf(lines: readonly string[]): string | undefined {
  const indentOf = (line: string) => line.search(/[^ -]/);
  const kind = lines
    .map((line) => /^(?:- | {2})?kind:\s*["']?([\w.-]+)/.exec(line)?.[1])
    .find((one) => one !== undefined);
  const metadata = lines.findIndex((line) => /^(?:- | {2})?metadata:\s*$/.test(line));
  if (kind === undefined || metadata < 0) return undefined;
  const inside = indentOf(lines[metadata] ?? '');
  for (const line of lines.slice(metadata + 1)) {
    const indent = indentOf(line);
    if (indent >= 0 && indent <= inside) break;
    const name = /^ *name:\s*["']?([\w.-]+)/.exec(line)?.[1];
    if (name !== undefined && indent === inside + 2) return `${kind}/${name}`;
  }
  return undefined;
}
