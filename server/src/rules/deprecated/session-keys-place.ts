import { movedOut } from '../../edits/entry-edits';
import { ALIAS } from '../../model/binding/crypto-alias';
import { locationOfKey } from '../../model/binding/locations';
import { objectAt } from '../../model/facts/nodes';
import { isSince, report } from '../report';
import type { Rule } from '../rule';

export const sessionKeysPlace: Rule = {
  code: 'deprecated/session-keys-place',
  severity: 'warning',
  scope: 'node',
  title: 'Session signing keys in their old location',
  docs: `Since Canton 3.5 the section is \`crypto.session-signing-keys\`. The old location \`crypto.kms.session-signing-keys\` still
works, and Canton only logs \`Config field at kms.session-signing-keys is deprecated since 3.5.0.\` If both locations are set, Canton
merges them key by key, and the new location takes precedence.`,
  source: 'config/DeprecatedConfigUtils.scala, config/CantonConfigDeprecations.scala 3.5, main',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, session-signing-keys.enabled = true } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 }, session-signing-keys.enabled = true }',
    },
  },
  check(context) {
    if (!isSince(context, '3.5')) return [];
    return context.view.nodes.flatMap((node) => {
      const old = objectAt(node.crypto, 'kms')?.entries.get(ALIAS);
      if (old === undefined) return [];
      const other = node.crypto?.entries.get(ALIAS);
      const both = other !== undefined ? ' The new location takes precedence for keys that are set in both.' : '';
      const message = `'kms.session-signing-keys' moved to 'crypto.session-signing-keys' in Canton 3.5.${both || ' The old location still works.'}`;
      const edits = other !== undefined ? undefined : movedOut(context, old.definitions);
      const fixes = edits ? [{ title: "Move to 'crypto.session-signing-keys'", edits, preferred: true }] : [];
      const path = [...node.path, 'crypto', 'kms', ALIAS];
      const location = locationOfKey(old, old.value.origin);
      const related = other && [
        { location: locationOfKey(other, other.value.origin), message: 'The new location is here.' },
      ];
      return [report(sessionKeysPlace, { message, location, path, related, fixes, tags: ['deprecated'] })];
    });
  },
};
