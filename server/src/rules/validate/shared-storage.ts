import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';
import { UNKNOWN, type Unknown } from '../../model/binding/bound';
import { mayHoldKeys } from '../../model/binding/cursor';
import { locationOfKey } from '../../model/binding/locations';
import { asText } from '../../model/binding/pureconfig';
import { isHighlyAvailable, isReplicated } from '../../model/facts/clusters';
import { objectAt } from '../../model/facts/nodes';
import type { NodeView } from '../../model/facts/view';
import { andList, hasClusterChecks, report, validatedNodes } from '../report';
import type { Rule, RuleContext } from '../rule';

export const sharedStorage: Rule = {
  code: 'validate/shared-storage',
  severity: 'error',
  title: 'Nodes that share a database',
  docs: `Canton refuses two nodes of one process with the same database and user, unless they are all participants or all
mediators with \`replication\`, or all database sequencers with \`high-availability\`. Both settings are enabled by default with
Postgres. The community edition of 3.3 and 3.4 refuses every pair. Databases are compared by \`url\` or \`jdbcUrl\`, otherwise by
\`serverName\`, \`portNumber\` and \`databaseName\`; a database without these is not compared.

Canton: \`Nodes participant p1,mediator m1 share same DB access\``,
  source:
    'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala, EnterpriseConfigValidations.scala 3.3, 3.4',
  examples: {
    bad: {
      text: `_storage { type = postgres, config { url = "jdbc:postgresql://db.example/canton", user = canton } }
canton.participants.p1 { admin-api.port = 5012, ledger-api.port = 5011, storage = \${_storage} }
canton.mediators.m1 { admin-api.port = 5022, storage = \${_storage} }`,
    },
    good: {
      text: `_storage { type = postgres, config { properties { serverName = db.example, portNumber = 5432 } } }
canton.participants.p1 { admin-api.port = 5012, ledger-api.port = 5011, storage = \${_storage} }
canton.participants.p1.storage.config.properties.databaseName = p1
canton.mediators.m1 { admin-api.port = 5022, storage = \${_storage} }
canton.mediators.m1.storage.config.properties.databaseName = m1`,
    },
  },
  check(context) {
    if (context.view.isFragment) return [];
    return [...groups(context).values()].flatMap((nodes) => {
      const [first, second] = nodes;
      if (first === undefined || second === undefined || mayShare(context, nodes)) return [];
      const entry = storageOf(second);
      const message = `The nodes ${andList(nodes.map(({ id }) => id))} use the same database and user. Give each node its own database.`;
      const location = locationOfKey(entry, second.value.origin);
      const related = [{ location: locationOfKey(storageOf(first), first.value.origin), message: first.id }];
      return [report(sharedStorage, { message, location, path: [...second.path, 'storage'], related })];
    });
  },
};

/** Each node of a group has one. */
function storageOf({ value }: NodeView): ConfigEntry {
  return value.entries.get('storage') as ConfigEntry;
}

/** The nodes by their database. It binds no values, because generated files have thousands of nodes. */
function groups(context: RuleContext): ReadonlyMap<string, readonly NodeView[]> {
  const byAccess = new Map<string, NodeView[]>();
  for (const node of validatedNodes(context)) {
    const access = accessOf(node);
    if (access === undefined) continue;
    const group = byAccess.get(access) ?? [];
    group.push(node);
    byAccess.set(access, group);
  }
  return byAccess;
}

/** The properties that Canton compares; undefined if it compares none, or if one of them is unknown. */
function accessOf({ value }: NodeView): string | undefined {
  const storage = objectAt(value, 'storage');
  const type = textOf(storage, 'type');
  if (type !== 'postgres' && type !== 'h2') return undefined;
  const config = objectAt(storage, 'config');
  const properties = objectAt(config, 'properties');
  if (config === undefined || [value, storage, config, properties].some((one) => mayHoldKeys(one?.unknowns ?? [])))
    return undefined;
  const [user, url, jdbcUrl, server, port, name] = SETTINGS.map(
    (key) => textOf(config, key) ?? textOf(properties, key),
  );
  if ([user, url, jdbcUrl, server, port, name].includes(UNKNOWN)) return undefined;
  const written = url ?? jdbcUrl;
  if (written !== undefined) return JSON.stringify([user, written]);
  if (server === undefined || port === undefined || name === undefined) return undefined;
  // The address that Canton makes of an H2 database has neither server nor port.
  const address =
    type === 'h2' ? ['h2', name] : [`jdbc:postgresql://${[server, port].map(String).join(':')}/${String(name)}`];
  return JSON.stringify([user, ...address]);
}

const SETTINGS = ['user', 'url', 'jdbcUrl', 'serverName', 'portNumber', 'databaseName'] as const;

/** A placeholder of documentation or of a template represents anything. */
function textOf(object: ConfigObject | undefined, key: string): string | Unknown | undefined {
  const value = object?.entries.get(key)?.value;
  if (value === undefined || value.kind === 'null') return undefined;
  const text = asText(value);
  return text.ok && !/[<{$]/.test(text.value) ? text.value : UNKNOWN;
}

function mayShare(context: RuleContext, nodes: readonly NodeView[]): boolean {
  if (!hasClusterChecks(context)) return false;
  return (
    nodes.every((node) => node.kind === 'participants' && isReplicated(node) !== false) ||
    nodes.every((node) => node.kind === 'mediators' && isReplicated(node) !== false) ||
    nodes.every((node) => node.kind === 'sequencers' && isHighlyAvailable(node) !== false)
  );
}
