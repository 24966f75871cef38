import { type Bound, boundAt, valueAt } from '../../model/binding/bound';
import { isHighlyAvailable, isReplicated, onPostgres } from '../../model/facts/clusters';
import { hasStorage } from '../../model/facts/node-facts';
import type { NodeView } from '../../model/facts/view';
import { hasClusterChecks, nameOf, placeOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

/** The database has one counter for each sequencer that writes to it (`DbLockConfig.scala`, all 3.x). */
const SEQUENCERS_OF_A_DATABASE = 32n;

export const replication: Rule = {
  code: 'validate/replication',
  severity: 'error',
  scope: 'node',
  title: 'Replication without Postgres',
  docs: `A participant with \`replication.enabled = true\` and a database sequencer with \`high-availability.enabled = true\`
require \`storage.type = postgres\`, because only Postgres has the necessary locks. \`high-availability.total-node-count\` must be
less than 32. If the launch set is not declared, another file may configure the storage.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/EnterpriseConfigValidations.scala 3.3, 3.4',
  examples: {
    bad: {
      text: 'canton.participants.p1 { admin-api.port = 5012, ledger-api.port = 5011, storage.type = memory, replication.enabled = true }',
    },
    good: {
      text: 'canton.mediators.m1 { admin-api.port = 5012, storage.type = memory, replication.enabled = true }',
    },
  },
  check(context) {
    if (!hasClusterChecks(context)) return [];
    return validatedNodes(context).flatMap((node) => {
      if (node.kind === 'participants') {
        const at = boundAt(node.bound, 'replication', 'enabled');
        return isReplicated(node) === true ? withoutPostgres(context, node, at, "'replication'") : [];
      }
      if (node.kind !== 'sequencers' || isHighlyAvailable(node) !== true) return [];
      const section = boundAt(node.bound, 'sequencer', 'high-availability');
      const at = section && boundAt(section, 'enabled');
      return [...withoutPostgres(context, node, at, "'sequencer.high-availability'"), ...tooMany(node, section)];
    });
  },
};

function withoutPostgres(context: RuleContext, node: NodeView, at: Bound | undefined, feature: string) {
  if (onPostgres(node.bound) !== false || !(hasStorage(node) || context.isWhole)) return [];
  const message = `${feature} of ${nameOf(node)} requires 'storage.type = postgres'.`;
  return [report(replication, { message, ...placeOf(node, at) })];
}

function tooMany(node: NodeView, section: Bound | undefined) {
  const count = section && valueAt(section, 'total-node-count');
  if (section === undefined || count?.kind !== 'integer' || count.value < SEQUENCERS_OF_A_DATABASE) return [];
  const at = boundAt(section, 'total-node-count');
  const message = `'sequencer.high-availability.total-node-count' of ${nameOf(node)} must be less than ${SEQUENCERS_OF_A_DATABASE}.`;
  return [report(replication, { message, location: valueLocation(node, at), path: at?.path ?? section.path })];
}
