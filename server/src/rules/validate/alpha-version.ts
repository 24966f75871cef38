import { booleanAt, boundAt } from '../../model/binding/bound';
import { removeFix } from '../fixes';
import { isSince, nameOf, placeOf, report, validatedNodes } from '../report';
import type { Rule } from '../rule';

export const alphaVersion: Rule = {
  code: 'validate/alpha-version',
  severity: 'error',
  scope: 'node',
  title: 'Unreleased protocol versions require non-standard-config',
  docs: `Canton refuses \`parameters.alpha-version-support = true\` of a node unless \`canton.parameters.non-standard-config = true\`.
The development line refuses \`dev-version-support = true\` likewise. This is not checked in a file that is only a part of a
launch set.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.4, 3.3',
  examples: {
    bad: {
      text: 'canton.participants.p1 { admin-api.port = 5012, ledger-api.port = 5011, parameters.alpha-version-support = yes }',
    },
    good: {
      text: `canton.parameters.non-standard-config = yes
canton.participants.p1 { admin-api.port = 5012, ledger-api.port = 5011, parameters.alpha-version-support = yes }`,
    },
  },
  check(context) {
    if (context.view.nonStandard !== false || context.view.isFragment) return [];
    const keys = isSince(context, '3.6') ? ['alpha-version-support', 'dev-version-support'] : ['alpha-version-support'];
    return validatedNodes(context).flatMap((node) =>
      keys
        .filter((key) => booleanAt(node.bound, 'parameters', key) === true)
        .map((key) => {
          const at = boundAt(node.bound, 'parameters', key);
          const message = `'${key} = true' requires 'canton.parameters.non-standard-config = true'. Canton: "Enabling ${key} for ${nameOf(node)} requires you to explicitly set canton.parameters.non-standard-config = yes"`;
          return report(alphaVersion, {
            message,
            ...placeOf(node, at),
            fixes: removeFix(context, at),
          });
        }),
    );
  },
};
