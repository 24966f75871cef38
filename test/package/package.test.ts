import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { CANTON_VERSIONS, EDITIONS } from '../../schemas/version';
import { ROOT, readManifest } from '../../scripts/manifest';
import { ENCLOSING_LANGUAGES, mayHoldRegions } from '../../server/src/embedded/carriers';

const manifest = readManifest();
const steps = manifest.contributes.walkthroughs.flatMap((one) => one.steps);

describe('the extension package', () => {
  it('holds what runs and what is read, and nothing else', async () => {
    // vsce first reads every file below the checkout, including those of the test hosts.
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    const pictures = steps.map(({ media }) => media.image);
    for (const picture of pictures) ok(files.includes(picture), `${picture} is left out`);
    // The server loads most of itself on demand, in parts that are named after their content, or after who shares them.
    const parts = files.filter((file) => /^dist\/server-(?:[A-Z0-9]{8}|start|shared|called)\.js$/.test(file));
    ok(parts.length <= 20, `${parts.length} parts`);
    const modelData = readdirSync(join(ROOT, 'schemas/data/configuration')).filter((name) => name.endsWith('.json'));
    deepEqual(files.filter((file) => !pictures.includes(file) && !parts.includes(file)).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'canton-console.language-configuration.json',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/canton-kms.schema.json',
      'dist/client.js',
      ...modelData.map((name) => `dist/data/configuration/${name}`).sort(),
      ...CANTON_VERSIONS.flatMap((version) =>
        EDITIONS.map((edition) => `dist/data/fields/${version}-${edition}.json`),
      ).sort(),
      'dist/server.js',
      'dist/web/client.js',
      'dist/web/server.js',
      'images/canton-dark.svg',
      'images/canton-light.svg',
      'images/icon.png',
      'l10n/bundle.l10n.json',
      'language-configuration.json',
      'package.json',
      'package.nls.json',
      'snippets/canton-conf.json',
      'snippets/canton-console.json',
      'syntaxes/canton-conf.tmLanguage.json',
      'syntaxes/canton-console.tmLanguage.json',
      'syntaxes/hocon.tmLanguage.json',
      'syntaxes/markdown-hocon.tmLanguage.json',
    ]);
  });

  it('has every file that the manifest names', () => {
    const named = JSON.stringify(manifest).match(/(?<=")\.\/[^"]+\.(?:js|json|png|svg)(?=")/g) ?? [];
    ok(named.length > 5);
    for (const file of [...named, manifest.icon, manifest.l10n, ...Object.values(manifest.bin)]) {
      ok(existsSync(join(ROOT, file)), `${file} is missing; was it built?`);
    }
  });

  it('has few settings', () => ok(Object.keys(manifest.contributes.configuration.properties).length < 15));

  it('offers the commands that start from nothing before a Canton file is open', () => {
    const hidden = manifest.contributes.menus.commandPalette ?? [];
    const starters = ['newConfiguration', 'newNode', 'configureKms', 'checkWorkspace', 'planProcedure', 'writePolicy'];
    const titles = new Set(manifest.contributes.commands.map(({ command }) => command));
    for (const name of starters) {
      ok(titles.has(`cantonKms.${name}`), `there is no command ${name}`);
      equal(
        hidden.find(({ command }) => command === `cantonKms.${name}`),
        undefined,
        name,
      );
    }
  });

  it('has an icon for its own languages only, so that others keep the one of the theme', () => {
    deepEqual(
      manifest.contributes.languages.filter(({ icon }) => icon !== undefined).map(({ id }) => id),
      ['canton-conf', 'canton-console'],
    );
  });

  it('ticks a step of the walkthrough only after success', () => {
    for (const { id, completionEvents } of steps) deepEqual(completionEvents, [`onContext:cantonKms.succeeded.${id}`]);
  });

  it('is started by every language that HOCON may stand in', () => {
    for (const language of ENCLOSING_LANGUAGES) {
      ok(manifest.activationEvents.includes(`onLanguage:${language}`), language);
      ok(mayHoldRegions(language), language);
    }
  });

  it('does not claim .conf, which belongs to a hundred others', () => {
    const [language] = manifest.contributes.languages;
    equal(language?.id, 'canton-conf');
    equal(language?.extensions, undefined);
  });
});
