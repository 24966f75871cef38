import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CANTON_VERSIONS } from '../schemas/version';
import { rules } from '../server/src/rules';
import { configurationReference } from './docs/configuration-reference';
import { logPage } from './docs/logs';
import { procedurePage } from './docs/procedures';
import { rulePages } from './docs/rule-pages';
import { manifestWithVersions } from './docs/settings';
import { versionReference } from './docs/version-reference';
import { ROOT } from './manifest';

/** Writes the pages of `docs/` that come from rules, schemas and procedures, and the versions in `package.json`. */
const docs = join(ROOT, 'docs');
rmSync(join(docs, 'rules'), { recursive: true, force: true });
for (const [file, text] of rulePages(rules)) {
  const path = join(docs, 'rules', file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
writeFileSync(join(docs, 'configuration-reference.md'), configurationReference());
writeFileSync(join(docs, 'procedures.md'), procedurePage());
void writeVersionReferences();
writeFileSync(join(docs, 'logs.md'), logPage());
const manifest = join(ROOT, 'package.json');
writeFileSync(manifest, manifestWithVersions(readFileSync(manifest, 'utf8')));

async function writeVersionReferences(): Promise<void> {
  mkdirSync(join(docs, 'configuration'), { recursive: true });
  for (const version of CANTON_VERSIONS)
    writeFileSync(join(docs, 'configuration', `${version}.md`), await versionReference(version));
}
