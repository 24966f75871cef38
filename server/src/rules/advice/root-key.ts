import { renamed } from '../../edits/entry-edits';
import { locationOfKey } from '../../model/binding/locations';
import { meantAsCanton } from '../../model/facts/classify';
import { report } from '../report';
import type { Rule } from '../rule';

export const rootKey: Rule = {
  code: 'advice/root-key',
  severity: 'warning',
  title: "Root key that is nearly 'canton'",
  docs: `Canton reads the root key \`canton\` and no other, so it ignores everything below a misspelled one: the nodes in it do not
exist. The key is reported if it has sections that only a Canton configuration has.`,
  source: 'config/CantonConfig.scala all lines',
  examples: {
    bad: { text: 'cantonn.participants.p1.crypto.provider = jce' },
    good: { text: 'canton.participants.p1.crypto.provider = jce' },
  },
  check(context) {
    return [...context.config.entries].flatMap(([name, entry]) => {
      if (entry.value.kind !== 'object' || !meantAsCanton(name, entry.value.entries.keys())) return [];
      const message = `Canton does not read the root key '${name}', so nothing in it has an effect. Did you mean 'canton'?`;
      const location = locationOfKey(entry, entry.value.origin);
      const edits = renamed(context, entry.definitions, 'canton');
      const fixes = edits === undefined ? [] : [{ title: "Rename to 'canton'", edits, preferred: true }];
      return [report(rootKey, { message, location, path: [name], fixes })];
    });
  },
};
