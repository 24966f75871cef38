import { isKmsType, KMS_TYPE_NAMES } from '../../../../schemas/kms-types';
import type { ConfigObject, KeyPath } from '../../hocon/values/config-value';
import { locationOfKey } from '../../model/binding/locations';
import type { Diagnostic } from '../../model/diagnostic';
import { report } from '../report';
import type { Rule } from '../rule';

export const misplacedKms: Rule = {
  code: 'advice/misplaced-kms',
  severity: 'warning',
  title: 'KMS section named after the KMS type',
  docs: `The section is named \`kms\` for every KMS type: \`kms { type = gcp, … }\`, not \`gcp { type = gcp, … }\`. Canton 3.x refuses
the configuration (\`read/unknown-key\`). The enterprise edition of 2.x is closed source, and its documentation describes only the
section \`kms\`.`,
  source: 'documentation of Canton 2.8.12 and 2.10.4 (enterprise, closed source)',
  examples: {
    bad: {
      version: '2.10',
      text: `canton.participants.p1.crypto {
  private-key-store.encryption { type = kms, wrapper-key-id = key-1 }
  gcp { type = gcp, location-id = us-east1, project-id = p, key-ring-id = r }
}`,
    },
    good: {
      version: '2.10',
      text: `canton.participants.p1.crypto {
  private-key-store.encryption { type = kms, wrapper-key-id = key-1 }
  kms { type = gcp, location-id = us-east1, project-id = p, key-ring-id = r }
}`,
    },
  },
  check(context) {
    if (context.version !== '2.10') return [];
    return context.view.nodes.flatMap(({ crypto, path }) => [
      ...typeOutside(crypto, path),
      ...KMS_TYPE_NAMES.flatMap((name) => {
        const entry = crypto?.entries.get(name);
        if (entry?.value.kind !== 'object') return [];
        const isFree = !crypto?.entries.has('kms');
        const message = `'${name}' is not a section of 'crypto', so it configures no KMS. The section is 'kms', with 'type = ${name}'.`;
        const edits = entry.definitions.map(({ uri, key }) => ({ uri, range: key, newText: 'kms' }));
        const fixes = isFree ? [{ title: "Rename to 'kms'", edits, preferred: true }] : [];
        const location = locationOfKey(entry, entry.value.origin);
        return [report(misplacedKms, { message, location, path: [...path, 'crypto', name], fixes })];
      }),
    ]);
  },
};

/** `crypto { type = aws, region = … }`: the settings of a KMS one level too high. */
function typeOutside(crypto: ConfigObject | undefined, path: KeyPath): readonly Diagnostic[] {
  const entry = crypto?.entries.get('type');
  if (entry?.value.kind !== 'string' || !isKmsType(entry.value.value) || crypto?.entries.has('kms')) return [];
  const message = `'type = ${entry.value.value}' is set in 'crypto' itself, so it configures no KMS. The settings belong in 'crypto.kms', one level down.`;
  const location = locationOfKey(entry, entry.value.origin);
  return [report(misplacedKms, { message, location, path: [...path, 'crypto', 'type'] })];
}
