import { deepEqual, match, ok } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, readManifest } from '../../scripts/manifest';
import { ROOT, VSIX } from '../host/cache';
import { unzip } from '../kit/zip';

const ADDRESS = addressOf(readManifest());

/** The targets of the links and pictures of a page, outside code. */
function targetsIn(markdown: string): { readonly links: readonly string[]; readonly pictures: readonly string[] } {
  const text = markdown.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  const found = [...text.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)];
  const targets = (mark: string) => found.filter((one) => one[1] === mark).map((one) => one[2] as string);
  return { links: targets(''), pictures: targets('!') };
}

/** The anchors of a page as GitHub makes them. */
function anchorsOf(file: string): readonly string[] {
  const headings = readFileSync(join(ROOT, file), 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

const pages: readonly [where: string, read: () => string][] = [
  ['of the extension (Marketplace, Open VSX)', () => String(unzip(readFileSync(VSIX)).get('extension/readme.md'))],
  ['of the npm package', () => readFileSync(join(ROOT, 'dist/npm/README.md'), 'utf8')],
];

describe('the pictures of the repository', () => {
  it('are shown by the README, the documentation or the manifest', () => {
    const texts = ['README.md', 'package.json', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)]
      .filter((file) => /\.(?:md|json)$/.test(file))
      .map((file) => readFileSync(join(ROOT, file), 'utf8'));
    // A picture that is drawn has its drawing beside it.
    for (const folder of ['images', 'docs/images'])
      for (const name of readdirSync(join(ROOT, folder)))
        ok(
          [name, name.replace(/\.svg$/, '.png')].some((one) => texts.some((text) => text.includes(one))),
          `${folder}/${name} is shown nowhere`,
        );
  });
});

for (const [where, read] of pages) {
  describe(`the README ${where}`, () => {
    it('shows pictures by addresses that are files of the repository', () => {
      const { pictures } = targetsIn(read());
      ok(pictures.length > 3);
      for (const address of pictures) {
        const prefix = `${ADDRESS}/raw/HEAD/`;
        ok(address.startsWith(prefix), `${address} is no address of a picture`);
        ok(existsSync(join(ROOT, address.slice(prefix.length))), `${address} is no file of the repository`);
      }
    });

    it('links to files of the repository, and to headings that are there', () => {
      const { links } = targetsIn(read());
      const own = links.filter((address) => address.startsWith(`${ADDRESS}/`));
      ok(own.length > 3);
      for (const address of own) {
        match(address, /\/blob\/HEAD\//);
        const [file = '', anchor] = address.slice(`${ADDRESS}/blob/HEAD/`.length).split('#');
        ok(existsSync(join(ROOT, file)), `${address} is no file of the repository`);
        if (anchor !== undefined) ok(anchorsOf(file).includes(anchor), `${address} is no heading`);
      }
      deepEqual(
        links.filter((address) => !/^(?:https:\/\/|#)/.test(address)),
        [],
      );
    });
  });
}
