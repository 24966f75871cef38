import { booleanAt, boundAt, textAt } from '../../model/binding/bound';
import { sessionKeys } from '../../model/facts/node-facts';
import { removeFix } from '../fixes';
import { nameOf, report, startedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

export const unusedSessionKeys: Rule = {
  code: 'ignored/session-keys',
  severity: 'warning',
  title: 'Session signing keys without external keys',
  docs: `With \`canton.parameters.non-standard-config = true\`, Canton 3.4 accepts session signing keys with \`provider = jce\`, but they
have no effect. Canton 3.3 reads \`canton.parameters.session-signing-keys\` but never uses it.`,
  source: 'config/{Community,Enterprise}ConfigValidations.scala 3.4; config/CantonConfig.scala 3.3',
  examples: {
    bad: {
      version: '3.4',
      text: `canton.parameters.non-standard-config = yes
canton.participants.p1.crypto.kms { type = aws, region = us-east-1, session-signing-keys.enabled = true }`,
    },
    good: {
      version: '3.4',
      text: `canton.parameters.non-standard-config = yes
canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, session-signing-keys.enabled = true } }`,
    },
  },
  check(context) {
    if (context.version === '3.3') return unusedRoot(context);
    if (context.version !== '3.4' || context.view.nonStandard !== true) return [];
    return startedNodes(context).flatMap((node) => {
      const keys = sessionKeys(node, context.version);
      if (keys === undefined || booleanAt(keys, 'enabled') !== true || textAt(node.section, 'provider') !== 'jce')
        return [];
      const message = `Session signing keys have no effect on ${nameOf(node)} because its provider is 'jce'.`;
      return [
        report(unusedSessionKeys, {
          message,
          location: valueLocation(node, boundAt(keys, 'enabled')),
          path: keys.path,
          fixes: removeFix(context, keys),
        }),
      ];
    });
  },
};

function unusedRoot(context: RuleContext) {
  const at = context.view.root && boundAt(context.view.root, 'parameters', 'session-signing-keys');
  const last = at?.entry?.definitions.at(-1);
  if (at === undefined || last === undefined) return [];
  const message =
    "Canton 3.3 reads 'canton.parameters.session-signing-keys' but never uses it. Configure session signing keys for each node instead.";
  return [
    report(unusedSessionKeys, {
      message,
      location: { uri: last.uri, range: last.key },
      path: at.path,
      fixes: removeFix(context, at),
    }),
  ];
}
