import { boundAt, textAt } from '../../model/binding/bound';
import { isSince, nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

export const adminTokens: Rule = {
  code: 'validate/admin-tokens',
  severity: 'error',
  scope: 'node',
  title: 'Two admin tokens of a participant that differ',
  docs: `Where a participant has an admin token of its own for both APIs, \`ledger-api\` and \`admin-api\`, they must be the same:
\`admin-token-config.fixed-admin-token\`, in 3.3 \`admin-token\`.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.3, 3.4',
  examples: {
    bad: {
      text: `canton.parameters.non-standard-config = yes
canton.participants.p1 {
  admin-api { port = 5012, admin-token-config.fixed-admin-token = a }
  ledger-api { port = 5011, admin-token-config.fixed-admin-token = b }
}`,
    },
    good: {
      text: `canton.parameters.non-standard-config = yes
canton.participants.p1 {
  admin-api { port = 5012, admin-token-config.fixed-admin-token = \${ADMIN_TOKEN} }
  ledger-api { port = 5011, admin-token-config.fixed-admin-token = \${ADMIN_TOKEN} }
}`,
    },
  },
  check(context) {
    const key = isSince(context, '3.4') ? ['admin-token-config', 'fixed-admin-token'] : ['admin-token'];
    return validatedNodes(context).flatMap((node) => {
      if (node.kind !== 'participants') return [];
      const [admin, ledger] = ['admin-api', 'ledger-api'].map((api) => textAt(node.bound, api, ...key));
      if (typeof admin !== 'string' || typeof ledger !== 'string' || admin === ledger) return [];
      const at = boundAt(node.bound, 'ledger-api', ...key);
      const message = `'${key.join('.')}' of 'ledger-api' and of 'admin-api' of ${nameOf(node)} must be the same.`;
      return [report(adminTokens, { message, location: valueLocation(node, at), path: at?.path ?? node.path })];
    });
  },
};
