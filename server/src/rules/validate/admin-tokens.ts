import { boundAt, textAt } from '../../model/binding/bound';
import { isSince, nameOf, placeOf, report, validatedNodes } from '../report';
import type { Rule } from '../rule';

export const adminTokens: Rule = {
  code: 'validate/admin-tokens',
  severity: 'error',
  scope: 'node',
  title: 'Different admin tokens for one participant',
  docs: `If a participant sets an admin token for both \`ledger-api\` and \`admin-api\`, the two must be equal. The key is
\`admin-token-config.fixed-admin-token\`, or \`admin-token\` in 3.3.`,
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
      const message = `'${key.join('.')}' must be the same for 'ledger-api' and 'admin-api' of ${nameOf(node)}.`;
      return [report(adminTokens, { message, ...placeOf(node, at) })];
    });
  },
};
