import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/** The parts of package.json that are needed for packages and releases. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly publisher: string;
  readonly license: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly node: string };
  readonly repository: { readonly type: string; readonly url: string };
  readonly bugs: { readonly url: string };
  readonly homepage: string;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/** Where people find the repository: `https://github.com/OWNER/NAME`. */
export function addressOf({ repository }: Pick<Manifest, 'repository'>): string {
  return repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
}

/** Makes links and pictures of a README absolute, as package pages need them and as `vsce package` does it. */
export function withAbsoluteLinks(markdown: string, manifest: Pick<Manifest, 'repository'>): string {
  const address = addressOf(manifest);
  return markdown.replace(
    /(!?)\[([^\]]*)\]\((?!https?:|#)([^)\s]+)\)/g,
    (_, mark: string, text: string, path: string) => {
      return `${mark}[${text}](${address}/${mark === '' ? 'blob' : 'raw'}/HEAD/${path})`;
    },
  );
}
