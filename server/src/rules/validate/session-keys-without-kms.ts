import { booleanAt, boundAt, isPresent, textAt, UNKNOWN } from '../../model/binding/bound';
import type { Diagnostic } from '../../model/diagnostic';
import { sessionKeys } from '../../model/facts/node-facts';
import type { NodeView } from '../../model/facts/view';
import { replaceFix } from '../fixes';
import { isSince, nameOf, placeOf, report, validatedNodes } from '../report';
import type { Rule, RuleContext } from '../rule';

export const sessionKeysWithoutKms: Rule = {
  code: 'validate/session-keys-without-kms',
  severity: 'error',
  scope: 'node',
  title: 'Session signing keys without external keys',
  docs: `Session signing keys reduce the number of calls to a KMS, and Canton refuses them without one:

- 3.5 and later: they require \`provider = kms\` and a \`kms\` section, or \`canton.parameters.non-standard-config = true\`.
- 3.4: they always require \`canton.parameters.non-standard-config = true\`.
- 3.3: they require \`provider = kms\`.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/{Community,Enterprise}ConfigValidations.scala 3.4, 3.3',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.session-signing-keys.enabled = true' },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 }, session-signing-keys.enabled = true }',
    },
  },
  check(context) {
    return validatedNodes(context).flatMap((node) => {
      const keys = sessionKeys(node, context.version);
      if (keys === undefined || booleanAt(keys, 'enabled') !== true) return [];
      const message = complaint(context, node);
      if (message === undefined) return [];
      return [finding(context, node, message, boundAt(keys, 'enabled'))];
    });
  },
};

function finding(context: RuleContext, node: NodeView, message: string, at: ReturnType<typeof boundAt>): Diagnostic {
  return report(sessionKeysWithoutKms, {
    message,
    ...placeOf(node, at),
    fixes: replaceFix(context, at, 'false'),
  });
}

function complaint(context: RuleContext, node: NodeView): string | undefined {
  const { nonStandard } = context.view;
  const provider = textAt(node.section, 'provider');
  const kms = isPresent(node.section, 'kms');
  if (isSince(context, '3.5')) {
    if (nonStandard !== false || provider === UNKNOWN || kms === UNKNOWN || (provider === 'kms' && kms))
      return undefined;
    const lack = provider === 'kms' ? "has no 'kms' section" : "does not have 'provider = kms'";
    return `Session signing keys are enabled for ${nameOf(node)}, which ${lack}. Add it, or set 'canton.parameters.non-standard-config = true'. Canton: "Session signing keys should only be enabled when using a KMS provider"`;
  }
  if (context.version === '3.4') {
    if (nonStandard !== false) return undefined;
    return `Session signing keys require 'canton.parameters.non-standard-config = true' in Canton 3.4. Canton: "Enabling session signing keys for ${nameOf(node)} is NOT recommended and requires you to explicitly set canton.parameters.non-standard-config = yes"`;
  }
  if (provider !== 'jce') return undefined;
  return `Session signing keys of ${nameOf(node)} require 'provider = kms' in Canton 3.3. Canton: "Session signing keys should not be enabled with the JCE crypto provider on node ${node.name}"`;
}
