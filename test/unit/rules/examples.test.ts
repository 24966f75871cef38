import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { configurationModel } from '../../../schemas/configuration';
import { rules } from '../../../server/src/rules';
import type { RuleExample } from '../../../server/src/rules/rule';
import { applied, type CheckOptions, checkText, codes } from './check-text';

describe('every rule', () => {
  for (const rule of rules) {
    describe(rule.code, () => {
      it('reports its bad example, in the place and not the whole file', async () => {
        const { text, options } = await example(rule.examples.bad);
        const found = checkText(text, options).filter(({ code }) => code === rule.code);
        ok(found.length > 0, 'the bad example is not reported');
        for (const { range, severity, message } of found) {
          equal(severity, rule.severity);
          ok(range.end > range.start && range.end - range.start < text.length, 'the range is not a part of the text');
          ok(/[.?"':)]$/.test(message), message);
        }
      });

      it('does not report its good example, nor does any other rule call it an error', async () => {
        const { text, options } = await example(rule.examples.good);
        const found = checkText(text, options);
        ok(!codes(found).includes(rule.code));
        deepEqual(codes(found, 'error'), []);
      });

      it('has fixes that leave no trace of the fault', async () => {
        const { text, options } = await example(rule.examples.bad);
        const found = checkText(text, options).filter(({ code }) => code === rule.code);
        for (const diagnostic of found) {
          for (const fix of diagnostic.fixes ?? []) {
            const fixed = applied(text, diagnostic, new RegExp(`^${escaped(fix.title)}$`));
            const again = checkText(fixed, options).filter(({ code }) => code === rule.code);
            ok(again.length < found.length, `${fix.title}:\n${fixed}`);
          }
        }
      });

      it('can be switched off', async () => {
        const { text, options } = await example(rule.examples.bad);
        ok(!codes(checkText(text, { ...options, off: [rule.code] })).includes(rule.code));
      });
    });
  }

  it('has a file of its own and is in the list', () => {
    const root = join(__dirname, '../../../server/src/rules');
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const files = folders.flatMap(({ name }) => readdirSync(join(root, name)).map((file) => `${name}/${file}`));
    equal(rules.length, files.filter((file) => isRuleFile(file)).length);
    equal(new Set(rules.map(({ code }) => code)).size, rules.length);
  });
});

/** With the model of the whole configuration, as every example is a complete text. */
async function example({ text, ...rest }: RuleExample): Promise<{ text: string; options: CheckOptions }> {
  const model = await configurationModel(rest.version ?? '3.5', rest.edition ?? 'enterprise');
  return { text, options: { ...rest, model } };
}

function isRuleFile(file: string): boolean {
  return /^(read|validate|start|ignored|deprecated|advice)\//.test(file);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
