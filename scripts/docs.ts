import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rules } from '../server/src/rules';
import { configurationReference } from './docs/configuration-reference';
import { procedurePage } from './docs/procedures';
import { rulePages } from './docs/rule-pages';

/** Writes the pages of `docs/` that come from rules, schemas and procedures. */
const docs = join(__dirname, '..', 'docs');
rmSync(join(docs, 'rules'), { recursive: true, force: true });
for (const [file, text] of rulePages(rules)) {
  const path = join(docs, 'rules', file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
writeFileSync(join(docs, 'configuration-reference.md'), configurationReference());
writeFileSync(join(docs, 'procedures.md'), procedurePage());
