import { boundAt, UNKNOWN } from '../../model/binding/bound';
import { schemeSettings, setText } from '../../model/facts/schemes';
import { listFix } from '../fixes';
import { isSince, nameOf, orList, placeOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

export const schemeDefault: Rule = {
  code: 'validate/scheme-default',
  severity: 'error',
  scope: 'node',
  title: 'Default scheme is not allowed',
  docs: `If both \`default\` and \`allowed\` are set for signing or encryption, \`allowed\` must contain \`default\`. Canton 3.3 checks
this only when the node starts.

Canton: \`The selected signing algorithm specification, …, is not supported. Supported algorithms: …\``,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.4',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto.signing.algorithms { default = ed-25519, allowed = [ec-dsa-sha-256] }',
    },
    good: {
      text: 'canton.participants.p1.crypto.signing.algorithms { default = ed-25519, allowed = [ed-25519, ec-dsa-sha-256] }',
    },
  },
  check(context) {
    if (!isSince(context, '3.4')) return [];
    return validatedNodes(context).flatMap((node) =>
      schemeSettings(node.section).flatMap(({ purpose, level, default: chosen, allowed, displayName }) => {
        if (chosen === UNKNOWN || allowed === UNKNOWN || chosen === undefined || allowed === undefined) return [];
        if (allowed.includes(chosen)) return [];
        const at = boundAt(node.section, purpose, level, 'default');
        const what = level === 'keys' ? 'key' : 'algorithm';
        const canton = `The selected ${purpose} ${what} specification, ${displayName(chosen)}, is not supported. Supported ${level}: ${setText(allowed, displayName)}.`;
        const message = `'${chosen}' is not in '${purpose}.${level}.allowed' of ${nameOf(node)}. Add it there, or use ${orList(allowed)}. Canton: "${canton}"`;
        const list = boundAt(node.section, purpose, level, 'allowed');
        const related = list
          ? [{ location: valueLocation(node, list), message: 'The allowed values are listed here.' }]
          : [];
        return [
          report(schemeDefault, {
            message,
            ...placeOf(node, at),
            related,
            fixes: listFix(context, list, chosen),
          }),
        ];
      }),
    );
  },
};
