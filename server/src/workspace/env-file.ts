/** Reads `NAME=VALUE` lines; `export`, comments, blank lines and quotes around the value are allowed, as in shell files. */
export function readEnvFile(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match === null) continue;
    const [, name = '', value = ''] = match;
    const quoted = /^(["'])(.*)\1$/.exec(value);
    variables.set(name, quoted === null ? value.replace(/\s#.*$/, '') : (quoted[2] ?? ''));
  }
  return variables;
}
