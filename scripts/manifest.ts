import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/** The parts of package.json that are needed for packages, releases and their tests. */
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
  readonly icon: string;
  readonly l10n: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly extensions?: unknown; readonly icon?: unknown }[];
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly image: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

/** The place of a text, in the notation of VS Code; `vsce` accepts no other characters in a key. */
export const TEXT_KEY = /^%([\w.]+)%$/;

/** package.json as a user sees it: with the English texts of package.nls.json in place of its %keys%. */
export function readManifest(): Manifest {
  const texts = readTexts();
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'), (_, value: unknown) => {
    const key = typeof value === 'string' ? TEXT_KEY.exec(value)?.[1] : undefined;
    if (key === undefined) return value;
    if (texts[key] === undefined) throw new Error(`package.nls.json has no text '${key}'`);
    return texts[key];
  });
}

/** The texts of package.json by their keys; those of another language are in `package.nls.LANGUAGE.json`. */
export function readTexts(file = 'package.nls.json'): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
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
