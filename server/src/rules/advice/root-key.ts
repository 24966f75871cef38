import { renamed } from '../../edits/entry-edits';
import { substitutionsIn } from '../../hocon/syntax/syntax';
import type { ConfigEntry } from '../../hocon/values/config-value';
import { locationOfKey } from '../../model/binding/locations';
import type { Diagnostic } from '../../model/diagnostic';
import { meantAsCanton } from '../../model/facts/classify';
import { report } from '../report';
import type { Rule, RuleContext } from '../rule';

export const rootKey: Rule = {
  code: 'advice/root-key',
  severity: 'warning',
  title: 'Root key that nothing reads',
  docs: `Canton reads the root key \`canton\` and no other, so it ignores everything below a misspelled one: the nodes in it do not
exist. The key is reported if it has sections that only a Canton configuration has, and so is a section of \`canton\` beside it that no
substitution uses. A root key that begins with \`_\` is a mixin; if no file uses it, but files use nearly the same name, that name was
meant.`,
  source: 'config/CantonConfig.scala all lines',
  examples: {
    bad: { text: 'cantonn.participants.p1.crypto.provider = jce' },
    good: { text: 'canton.participants.p1.crypto.provider = jce' },
  },
  check(context) {
    return [...context.config.entries].flatMap(([name, entry]) => {
      const unread = `Canton does not read the root key '${name}', so nothing in it has an effect.`;
      if (entry.value.kind === 'object' && meantAsCanton(name, entry.value.entries.keys())) {
        return [atRoot(context, name, entry, `${unread} Did you mean 'canton'?`, 'canton')];
      }
      const meant = context.meantMixins.get(name);
      if (meant !== undefined) {
        return [atRoot(context, name, entry, `No file uses '${name}'. Did you mean '${meant}', which is used?`, meant)];
      }
      return isOutside(context, name, entry)
        ? [atRoot(context, name, entry, `${unread} It belongs in 'canton'.`, undefined)]
        : [];
    });
  },
};

function atRoot(
  context: RuleContext,
  name: string,
  entry: ConfigEntry,
  message: string,
  meant: string | undefined,
): Diagnostic {
  const location = locationOfKey(entry, entry.value.origin);
  const edits = meant === undefined ? undefined : renamed(context, entry.definitions, meant);
  const fixes = edits === undefined ? [] : [{ title: `Rename to '${meant}'`, edits, preferred: true }];
  return report(rootKey, { message, location, path: [name], fixes });
}

/** True for a section of `canton` beside it, with a key that it has there, if nothing in the launch refers to it. */
function isOutside({ config, model, files, tree }: RuleContext, name: string, { value }: ConfigEntry): boolean {
  const section = model.fields.get(name)?.model;
  if (section?.kind !== 'object' || value.kind !== 'object' || config.entries.get('canton')?.value.kind !== 'object')
    return false;
  if (![...value.entries.keys()].some((key) => section.fields.has(key))) return false;
  return !files.some((uri) => {
    const file = tree(uri);
    return file !== undefined && substitutionsIn(file).some(({ path }) => path.elements[0]?.name === name);
  });
}
