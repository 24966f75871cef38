import { movedInto, renamed } from '../../edits/entry-edits';
import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';
import { locationOfKey } from '../../model/binding/locations';
import { DATABASE_KEYS, unreadableAccess, wrongSettings } from '../../model/facts/database';
import { objectAt } from '../../model/facts/nodes';
import { isMisspelled, nearest } from '../../text/nearest';
import { report, shortPath, validatedNodes } from '../report';
import type { Rule, RuleContext } from '../rule';
import { messageFor } from '../validate/database-access';

export const databaseProperty: Rule = {
  code: 'advice/database-property',
  severity: 'warning',
  title: 'Misspelled property of the database, or a value of a wrong type',
  docs: `Canton hands \`storage.config\` on to its database library and the JDBC driver unread. A misspelled property or a value of a wrong
type is not refused when the configuration is loaded: the node then connects with a default, or not at all. The same happens to
a property of the data source that is beside its \`properties\`. The driver reads \`ssl = yes\` as
false, because it knows only \`true\`.`,
  source: 'config/DbConfig.scala all lines; Slick 3.5 JdbcBackend; PostgreSQL JDBC 42.7 BaseDataSource',
  examples: {
    bad: { text: 'canton.participants.p1.storage { type = postgres, config.properties.passwrod = ${DB_PASSWORD} }' },
    good: { text: 'canton.participants.p1.storage { type = postgres, config.properties.password = ${DB_PASSWORD} }' },
  },
  check(context) {
    const canton = context.config.entries.get('canton')?.value;
    if (canton?.kind !== 'object') return [];
    const refused = new Set(
      validatedNodes(context).flatMap(({ value }) => unreadableAccess(value).map(({ entry }) => entry)),
    );
    return nodesOf(canton).flatMap(([path, node]) =>
      STORAGES.flatMap((place) => {
        const storage = place.reduce<ConfigObject | undefined>(objectAt, node);
        if (storage === undefined) return [];
        const at = [...path, ...place];
        const config = objectAt(storage, 'config');
        const properties = objectAt(config, 'properties');
        return [
          ...misspelled(context, config, [...at, 'config'], DATABASE_KEYS.config),
          ...tooHigh(context, config, [...at, 'config']),
          ...misspelled(context, properties, [...at, 'config', 'properties'], DATABASE_KEYS.properties),
          ...wrongSettings(storage)
            .filter(({ entry }) => !refused.has(entry))
            .map((wrong) => {
              const full = [...at, ...wrong.path];
              const location = locationOfKey(wrong.entry, wrong.entry.value.origin);
              return report(databaseProperty, { message: messageFor(wrong, full), location, path: full });
            }),
        ];
      }),
    );
  },
};

/** Of a node, and of a sequencer's own database. */
const STORAGES = [['storage'], ['sequencer', 'config', 'storage']] as const;

function nodesOf(canton: ConfigObject): readonly (readonly [path: readonly string[], node: ConfigObject])[] {
  return [...canton.entries].flatMap(([section, { value }]) =>
    value.kind !== 'object'
      ? []
      : [...value.entries].flatMap(([name, node]) =>
          node.value.kind === 'object' ? [[['canton', section, name], node.value] as const] : [],
        ),
  );
}

/** The properties of the data source that are beside its `properties`, where nothing reads them. */
function tooHigh(context: RuleContext, config: ConfigObject | undefined, path: readonly string[]) {
  const properties = objectAt(config, 'properties');
  const hasClass = config?.entries.has('dataSourceClass') || config?.entries.has('dataSourceClassName');
  if (config === undefined || properties === undefined || !hasClass) return [];
  const own = new Set(DATABASE_KEYS.config.map((key) => key.toLowerCase()));
  const below = new Set(DATABASE_KEYS.properties.map((key) => key.toLowerCase()));
  return [...config.entries].flatMap(([name, entry]) => {
    if (own.has(name.toLowerCase()) || !below.has(name.toLowerCase()) || properties.entries.has(name)) return [];
    const message = `Nothing reads the property '${name}' in '${shortPath(path)}'. It belongs in 'properties', one level down.`;
    const location = locationOfKey(entry, entry.value.origin);
    const edits = movedInto(context, entry.definitions, ['properties']);
    const fixes = edits === undefined ? [] : [{ title: `Move to 'properties.${name}'`, edits }];
    return [report(databaseProperty, { message, location, path: [...path, name], fixes })];
  });
}

function misspelled(
  context: RuleContext,
  object: ConfigObject | undefined,
  path: readonly string[],
  known: readonly string[],
) {
  const isKnown = new Set(known.map((key) => key.toLowerCase()));
  const entries: readonly (readonly [string, ConfigEntry])[] = [...(object?.entries ?? [])];
  return entries.flatMap(([name, entry]) => {
    const meant = isKnown.has(name.toLowerCase()) || !isMisspelled(name, known) ? undefined : nearest(name, known);
    if (meant === undefined) return [];
    const message = `Unknown property '${name}' in '${shortPath(path)}', which Canton does not check. Did you mean '${meant}'?`;
    const location = locationOfKey(entry, entry.value.origin);
    const isFree = object?.entries.has(meant) === false;
    const edits = isFree ? renamed(context, entry.definitions, meant) : undefined;
    const fixes = edits === undefined ? [] : [{ title: `Rename to '${meant}'`, edits }];
    return [report(databaseProperty, { message, location, path: [...path, name], fixes })];
  });
}
