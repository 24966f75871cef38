import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'vscode-uri';

/** The page of a rule as it is installed: the bundles are in `dist`, the pages in `docs`. */
export function pageBesideBundle(code: string): string | undefined {
  const name = code.startsWith('hocon/') ? 'hocon' : code;
  const page = join(__dirname, '..', 'docs', 'rules', `${name}.md`);
  return existsSync(page) ? URI.file(page).toString() : undefined;
}
