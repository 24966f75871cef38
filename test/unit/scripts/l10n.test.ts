import { deepEqual, equal, match } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE, bundleOf, clientMessages, messagesIn } from '../../../scripts/l10n';
import { ROOT, readManifest, readTexts, TEXT_KEY } from '../../../scripts/manifest';

const MANIFEST = readFileSync(join(ROOT, 'package.json'), 'utf8');
/** The properties of contributions that users read. */
const SHOWN: ReadonlySet<string> = new Set([
  ...['title', 'category', 'name', 'contents', 'description', 'altText', 'aliases'],
  ...['markdownDescription', 'enumDescriptions', 'markdownEnumDescriptions', 'deprecationMessage'],
]);

/** All strings below the properties that users read. */
function shownTexts(value: unknown, isShown = false): readonly string[] {
  if (typeof value === 'string') return isShown && value !== '' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => shownTexts(one, isShown));
  return Object.entries(value).flatMap(([key, one]) => shownTexts(one, SHOWN.has(key)));
}

/** The files of a folder with one name for each language, such as `package.nls.de.json`. */
function translations(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder)).filter((file) => pattern.test(file));
}

describe('the texts of the manifest', () => {
  const keys = [...MANIFEST.matchAll(/"%([^"%]+)%"/g)].map(([, key = '']) => key);

  it('are all in package.nls.json, which has no others', () => {
    deepEqual(Object.keys(readTexts()).sort(), [...new Set(keys)].sort());
  });

  it('have keys that VS Code and the packager resolve', () => {
    for (const key of keys) match(`%${key}%`, TEXT_KEY);
    equal(JSON.stringify(readManifest()).match(/"%[^"]*%"/), null);
  });

  it('leave no text that users read in package.json', () => {
    const texts = shownTexts(JSON.parse(MANIFEST).contributes);
    equal(texts.length > 50, true);
    deepEqual(
      texts.filter((text) => !TEXT_KEY.test(text)),
      [],
    );
  });

  it('have translations for keys that exist', () => {
    for (const file of translations('.', /^package\.nls\..+\.json$/))
      deepEqual(
        Object.keys(readTexts(file)).filter((key) => !keys.includes(key)),
        [],
        file,
      );
  });
});

describe('the messages of the client', () => {
  const { messages, faults } = clientMessages();

  it('can all be translated', () => deepEqual(faults, []));

  it('are in the bundle as they are now', () => {
    equal(readFileSync(BUNDLE, 'utf8'), bundleOf(messages), 'npm run l10n');
  });

  it('have translations for messages that exist, with their values', () => {
    const holes = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort().join();
    for (const file of translations('l10n', /^bundle\.l10n\..+\.json$/))
      deepEqual(
        Object.entries(readTexts(join('l10n', file))).filter(
          ([message, text]) => !messages.includes(message) || holes(message) !== holes(text),
        ),
        [],
        file,
      );
  });

  it('are found where they are passed to the translation, and missed where they are not', () => {
    const { messages, faults } = messagesIn(`
      const title = vscode.l10n.t('Nothing was changed.');
      vscode.window.showErrorMessage(vscode.l10n.t('{0} of {1}', 1, 2));
      output.warn('a text for the log');
      throw new Error(\`\${title} could not be read\`);
      const item = { label: 'Memory', detail: '/a.b' };
      vscode.l10n.t('{0} of {1}', 1);
      vscode.l10n.t(title);
    `);
    deepEqual(messages, ['Nothing was changed.', '{0} of {1}', '{0} of {1}']);
    deepEqual(
      faults.map((fault) => fault.replace(/:.*/s, '').trim()),
      ['could not be read', 'Memory', '{0} of {1}', 'vscode.l10n.t(title)'],
    );
  });
});
