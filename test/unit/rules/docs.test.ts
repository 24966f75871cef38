import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANTON_VERSIONS } from '../../../schemas/version';
import { configurationReference } from '../../../scripts/docs/configuration-reference';
import { procedurePage } from '../../../scripts/docs/procedures';
import { rulePages } from '../../../scripts/docs/rule-pages';
import { manifestWithVersions } from '../../../scripts/docs/settings';
import { versionReference } from '../../../scripts/docs/version-reference';
import { rules } from '../../../server/src/rules';
import { pageFor } from '../../../server/src/rules/page';

const DOCS = join(__dirname, '../../../docs');
const HINT = 'run `npm run docs`';

describe('the documentation of rules and keys', () => {
  it('has a current page for every rule, and no other', () => {
    const pages = rulePages(rules);
    for (const [file, text] of pages) equal(readFileSync(join(DOCS, 'rules', file), 'utf8'), text, `${file}: ${HINT}`);
    const files = readdirSync(join(DOCS, 'rules'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(join(DOCS, 'rules').length + 1)
          .replaceAll('\\', '/'),
      );
    deepEqual(files.sort(), [...pages.keys()].sort());
  });

  it('explains the code of a rule, and every code of HOCON', () => {
    for (const { code, title } of rules) ok(pageFor(code, rules)?.startsWith(`# ${code}\n\n**${title}**`), code);
    ok(pageFor('hocon/cycle', rules)?.includes('HOCON'));
    equal(pageFor('read/none', rules), undefined);
  });

  it('has a current reference of all keys', () => {
    equal(readFileSync(join(DOCS, 'configuration-reference.md'), 'utf8'), configurationReference(), HINT);
  });

  it('has a current page of all keys of each version', async () => {
    for (const version of CANTON_VERSIONS) {
      const page = readFileSync(join(DOCS, 'configuration', `${version}.md`), 'utf8');
      equal(page, await versionReference(version), HINT);
    }
  });

  it('has the versions and editions in the settings of the manifest', () => {
    const manifest = readFileSync(join(DOCS, '../package.json'), 'utf8');
    equal(manifest, manifestWithVersions(manifest), HINT);
  });

  it('has a current page of all procedures', () => {
    equal(readFileSync(join(DOCS, 'procedures.md'), 'utf8'), procedurePage(), HINT);
  });

  it('names every rule that refuses something in the table of what is covered, and only rules that exist', () => {
    const table = readFileSync(join(DOCS, 'coverage.md'), 'utf8');
    const named = new Set(
      [...table.matchAll(/`((?:read|validate|start|ignored|deprecated|advice)\/[a-z0-9-]+)`/g)].map(([, code]) => code),
    );
    const codes = rules.map(({ code }) => code);
    for (const code of codes) if (!code.startsWith('advice/')) ok(named.has(code), `${code} is not in coverage.md`);
    for (const code of named) ok(codes.includes(code ?? ''), `${code} is no rule`);
  });
});
