import { booleanAt, boundAt, valueAt } from '../../model/binding/bound';
import type { NodeView } from '../../model/facts/view';
import { isSince, nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

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
This is checked in declared launch sets and with \`--set\`. With \`--env-only\`, it is checked only for the servers that the file
configures, because another file may configure the others.

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
    if (!(context.isWhole || context.hasWholeEnvironment) || !isSince(context, '3.4')) return [];
    return validatedNodes(context).flatMap((node) =>
      (SERVERS[node.kind] ?? [])
        .filter((server) => lacksPort(node, server) && (context.isWhole || boundAt(node.bound, server)?.entry))
        .map((server) => {
          const canton = `${node.path.join('.')}.${server}.port not set`;
          const otherwise = server === 'http-ledger-api' ? `. Set it, or set '${server}.enabled = false'` : '';
          const message = `Missing '${server}.port' of ${nameOf(node)}${otherwise}. Canton: "${canton}"`;
          const path = [...node.path, server, 'port'];
          return report(portNotSet, { message, location: valueLocation(node, boundAt(node.bound, server)), path });
        }),
    );
  },
};

function lacksPort({ bound }: NodeView, server: string): boolean {
  const section = boundAt(bound, server);
  // A model without the section knows nothing about its port.
  if (section?.value.kind !== 'object' || section.value.fields.get('port') === undefined) return false;
  if (server === 'http-ledger-api' && booleanAt(section, 'enabled') !== true) return false;
  return valueAt(section, 'port') === undefined;
}
