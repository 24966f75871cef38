import { hintFor, unknownKeyFixes } from '../read/unknown-key';
import { lastKey, report, shortPath } from '../report';
import type { Rule } from '../rule';

export const misspelledKey: Rule = {
  code: 'advice/misspelled-key',
  severity: 'warning',
  title: 'Unknown key in a section that may have more keys',
  docs: `The enterprise edition of Canton 2.x is closed source, so its sections may have keys that are not listed here, and an
unknown key is not an error. The same holds for the applications of Splice and the sections that they share with Canton, because another release may have other keys. This key is reported because
its name is similar to that of a known key, because it belongs one level down or up, or because its section contains only keys that
belong one level up. Canton refuses a key that it does not know.`,
  source:
    'config/CantonConfig.scala 2.10; documentation of Canton 2.8.12 and 2.10.4 (enterprise, closed source); SpliceConfig.scala, canton-network/splice 0.6.12',
  examples: {
    bad: {
      version: '2.10',
      text: 'canton.participants.p1.admin-api { address = "127.0.0.1", prot = 5012 }',
    },
    good: {
      version: '2.10',
      text: 'canton.participants.p1.admin-api { address = "127.0.0.1", port = 5012 }',
    },
  },
  check(context) {
    return context.view.suspects.map((suspect) => {
      const { path, location } = suspect;
      const name = lastKey(path);
      const { hint, correction } = hintFor(context, suspect, name);
      const message = `Unknown key '${name}' in '${shortPath(path.slice(0, -1))}'.${hint}`;
      const fixes = unknownKeyFixes(context, suspect, correction);
      return report(misspelledKey, { message, location, path, fixes });
    });
  },
};
