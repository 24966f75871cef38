import { removed, renamed } from '../../edits/entry-edits';
import { entryAt } from '../../hocon/values/config-value';
import { ALIAS } from '../../model/binding/crypto-alias';
import { locationOfKey } from '../../model/binding/locations';
import type { OldKey } from '../../model/binding/relocate';
import type { Fix } from '../../model/diagnostic';
import { hoconPath } from '../../text/encoders/hocon';
import { orList, report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const oldKey: Rule = {
  code: 'deprecated/old-key',
  severity: 'warning',
  title: 'Key of an older version',
  docs: `Canton still accepts the key. Either Canton moves its value to a new location, unless that is already set, or the key no longer
has an effect. The next release line may refuse it.

Canton logs \`Config field at … is deprecated since …\`. Session signing keys have a separate rule:
\`deprecated/session-keys-place\`.`,
  source: 'config/DeprecatedConfigUtils.scala, config/CantonConfig.scala DeprecatedFieldsFor 3.3, 3.4, 3.5, main',
  examples: {
    bad: {
      text: `canton.participants.p1 {
  admin-api.port = 5012
  parameters.automatically-perform-lsu = no
}`,
    },
    good: {
      text: `canton.participants.p1 {
  admin-api.port = 5012
  parameters.lsu.automatically-perform-lsu = no
}`,
    },
  },
  check(context) {
    return context.view.oldKeys
      .filter(({ path }) => path.at(-1) !== ALIAS)
      .map((old) => {
        const { path, entry } = old;
        const name = shortPath(path);
        const places = old.instead.map((to) => shortPath([...old.within, ...to.split('.')]));
        const message =
          places.length === 0
            ? `'${name}' no longer has an effect. Canton accepts the key but ignores it.`
            : `'${name}' is an old name. Canton reads it as ${orList(places)} unless that is set.`;
        const location = locationOfKey(entry, entry.value.origin);
        return report(oldKey, { message, location, path, fixes: fixesFor(context, old), tags: ['deprecated'] });
      });
  },
};

/** A new name, if both places have the same beginning and the new one is not set. */
function fixesFor(context: RuleContext, { path, within, entry, instead }: OldKey): readonly Fix[] {
  const [target, ...others] = instead;
  if (target === undefined) {
    const edits = removed(context, entry.definitions);
    return edits === undefined ? [] : [{ title: `Remove '${path.at(-1)}'`, edits, preferred: true }];
  }
  const to = [...within, ...target.split('.')];
  const common = path.slice(0, -1);
  const isBelow = to.length > common.length && common.every((name, index) => to[index] === name);
  if (others.length > 0 || !isBelow || entryAt(context.config, to) !== undefined) return [];
  const rest = to.slice(common.length);
  const [name = ''] = rest;
  if (rest.length > 1 && entry.definitions.some(({ uri }) => context.tree(uri)?.syntax !== 'conf')) return [];
  const edits =
    rest.length === 1
      ? renamed(context, entry.definitions, name)
      : entry.definitions.map(({ uri, key }) => ({ uri, range: key, newText: hoconPath(rest) }));
  return [{ title: `Rename to '${hoconPath(rest)}'`, edits, preferred: true }];
}
