import type { Bound } from '../../model/binding/bound';
import { locationOfKey } from '../../model/binding/locations';
import { asElements } from '../../model/binding/pureconfig';
import type { Diagnostic } from '../../model/diagnostic';
import { removeFix } from '../fixes';
import { report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const ignoredListKey: Rule = {
  code: 'ignored/list-key',
  severity: 'warning',
  scope: 'node',
  title: 'Non-numeric key in an object that is read as a list',
  docs: `Where Canton expects a list, it accepts an object with numbers as keys, and reads the values in the order of the numbers. It
silently ignores all other keys of that object.`,
  source: 'PureConfig 0.14.0 ConfigCursor.scala',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.signing.keys.allowed { 0 = ec-curve-25519, one = ec-p-256 }' },
    good: { text: 'canton.participants.p1.crypto.signing.keys.allowed { 0 = ec-curve-25519, 1 = ec-p-256 }' },
  },
  check: (context) => context.view.nodes.flatMap((node) => ignoredKeys(context, node.bound)),
};

function ignoredKeys(context: RuleContext, bound: Bound): Diagnostic[] {
  if (bound.value.kind === 'object') {
    return [...bound.value.fields.written.values()].flatMap((field) => ignoredKeys(context, field));
  }
  const written = bound.entry?.value;
  if (bound.value.kind !== 'list' || written?.kind !== 'object') return [];
  const taken = new Set(asElements(written)?.map(({ key }) => key));
  return [...written.entries]
    .filter(([name]) => !taken.has(name))
    .map(([name, entry]) => {
      const path = [...bound.path, name];
      const message = `'${name}' is ignored because '${shortPath(bound.path)}' is a list. Only numeric keys are read.`;
      const location = locationOfKey(entry, written.origin);
      const fixes = removeFix(context, { path, entry });
      return report(ignoredListKey, { message, location, path, fixes, tags: ['unnecessary'] });
    });
}
