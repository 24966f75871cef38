import { booleanAt, boundAt, valueAt } from '../../model/binding/bound';
import type { NodeView } from '../../model/facts/view';
import { isSince, nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

const SERVERS: Readonly<Record<string, readonly string[]>> = {
  participants: ['admin-api', 'http-ledger-api', 'ledger-api'],
  sequencers: ['admin-api', 'public-api'],
  mediators: ['admin-api'],
};

export const portNotSet: Rule = {
  code: 'validate/port-not-set',
  severity: 'error',
  scope: 'node',
  title: 'Missing port of a server',
  docs: `Each server of a node requires a port: \`admin-api\`, \`ledger-api\` and \`http-ledger-api\` of participants,
\`admin-api\` and \`public-api\` of sequencers, and \`admin-api\` of mediators. With \`http-ledger-api.enabled = false\` none is required.
It is an error in declared launch sets and with \`--set\`, and with \`--env-only\` for the servers that the file configures. Elsewhere it
is a warning, for nodes whose storage and \`admin-api.port\` the file sets, because another file of the launch may set the port.

Canton: \`canton.participants.p1.ledger-api.port not set\``,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.4',
  examples: {
    bad: {
      isWhole: true,
      text: 'canton.participants.p1 { admin-api.port = 5012, ledger-api.port = 5011, storage.type = memory }',
    },
    good: {
      isWhole: true,
      text: `canton.participants.p1 {
  admin-api.port = 5012
  ledger-api.port = 5011
  http-ledger-api.enabled = false
}`,
    },
  },
  check(context) {
    if (!isSince(context, '3.4')) return [];
    const isLaunch = context.isWhole || context.hasWholeEnvironment;
    return validatedNodes(context)
      .filter((node) => isLaunch || isSetUpHere(context, node))
      .flatMap((node) =>
        (SERVERS[node.kind] ?? [])
          .filter((server) => lacksPort(node, server))
          .filter((server) => context.isWhole || !isLaunch || boundAt(node.bound, server)?.entry !== undefined)
          .map((server) => missingPort(node, server, isLaunch)),
      );
  },
};

/** A file with the storage and a port of a node probably does not leave its other ports to another file. */
function isSetUpHere({ layered }: RuleContext, node: NodeView): boolean {
  if (layered.has(valueLocation(node).uri)) return false;
  return [
    ['storage', 'type'],
    ['admin-api', 'port'],
  ].every((keys) => boundAt(node.bound, ...keys)?.entry !== undefined);
}

function missingPort(node: NodeView, server: string, isLaunch: boolean) {
  const canton = `${node.path.join('.')}.${server}.port not set`;
  const otherwise = server === 'http-ledger-api' ? `. Set it, or set '${server}.enabled = false'` : '';
  const elsewhere = isLaunch ? '' : otherwise === '' ? ', unless another file sets it' : ' here or in another file';
  return report(portNotSet, {
    message: `Missing '${server}.port' of ${nameOf(node)}${otherwise}${elsewhere}. Canton: "${canton}"`,
    location: valueLocation(node, boundAt(node.bound, server)),
    path: [...node.path, server, 'port'],
    severity: isLaunch ? 'error' : 'warning',
  });
}

function lacksPort({ bound }: NodeView, server: string): boolean {
  const section = boundAt(bound, server);
  // A model without the section has no information about its port.
  if (section?.value.kind !== 'object' || section.value.fields.get('port') === undefined) return false;
  if (server === 'http-ledger-api' && booleanAt(section, 'enabled') !== true) return false;
  return valueAt(section, 'port') === undefined;
}
