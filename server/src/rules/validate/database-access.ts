import { locationOfKey } from '../../model/binding/locations';
import { asText } from '../../model/binding/pureconfig';
import { unreadableAccess, type WrongSetting } from '../../model/facts/database';
import { report, shortPath, validatedNodes } from '../report';
import type { Rule } from '../rule';

export const databaseAccess: Rule = {
  code: 'validate/database-access',
  severity: 'error',
  title: 'Access to a database that Canton cannot read',
  docs: `Canton compares the databases of its nodes before it starts them. It reads \`user\` and \`url\` or \`jdbcUrl\` for this purpose; without
an address also \`serverName\`, \`portNumber\` and \`databaseName\`, first in \`storage.config\`, then in its \`properties\`. If one of them has a
wrong type, Canton ends with a stack trace.

Canton: \`com.typesafe.config.ConfigException$WrongType: properties.portNumber has type STRING rather than NUMBER\``,
  source:
    'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.3, 3.4: extractNormalizedDbAccess; loaders of 3.4, 3.5 and 3.6',
  examples: {
    bad: {
      text: `canton.participants.p1.storage {
  type = postgres
  config.properties { serverName = db.example, portNumber = postgres, databaseName = p1 }
}`,
    },
    good: {
      text: `canton.participants.p1.storage {
  type = postgres
  config.properties { serverName = db.example, portNumber = 5432, databaseName = p1 }
}`,
    },
  },
  check(context) {
    return validatedNodes(context).flatMap(({ path, value }) =>
      unreadableAccess(value).map((wrong) => {
        const at = [...path, 'storage', ...wrong.path];
        const message = `${messageFor(wrong, at)} Canton: "${wrong.text}"`;
        const location = locationOfKey(wrong.entry, wrong.entry.value.origin);
        return report(databaseAccess, { message, location, path: at });
      }),
    );
  },
};

export function messageFor({ entry: { value }, wanted }: WrongSetting, path: readonly string[]): string {
  const text = asText(value);
  const place = `'${shortPath(path)}'`;
  return text.ok
    ? `Invalid value '${text.value}' for ${place}. It must be ${wanted}.`
    : `${place} must be ${wanted}, not ${value.kind === 'object' ? 'an object' : 'a list'}.`;
}
