import { KEYS_OF_ALGORITHM, keysOfAlgorithm } from '../../../../schemas/schemes';
import { type Bound, boundAt } from '../../model/binding/bound';
import type { Diagnostic } from '../../model/diagnostic';
import { algorithmFor, schemeSetting, setText } from '../../model/facts/schemes';
import type { NodeView } from '../../model/facts/view';
import { listFix } from '../fixes';
import { isSince, nameOf, orList, placeOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

export const schemeFit: Rule = {
  code: 'validate/scheme-fit',
  severity: 'error',
  scope: 'node',
  title: 'Allowed algorithms and allowed keys do not match',
  docs: `If \`keys.allowed\` and \`algorithms.allowed\` are both set, every key specification must belong to one of the algorithms, and
the list must contain a key specification for every algorithm. Canton reports both problems at once.

| algorithm | key specifications |
| --- | --- |
${[...KEYS_OF_ALGORITHM].map(([algorithm, keys]) => `| \`${algorithm}\` | ${keys.map((key) => `\`${key}\``).join(', ')} |`).join('\n')}`,
  source:
    'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.4; crypto/{Signing,Encryption}.scala',
  examples: {
    bad: {
      text: `canton.participants.p1.crypto.signing {
  algorithms { default = ec-dsa-sha-256, allowed = [ec-dsa-sha-256] }
  keys { default = ec-p-256, allowed = [ec-p-256, ec-p-384] }
}`,
    },
    good: {
      text: `canton.participants.p1.crypto.signing {
  algorithms { default = ec-dsa-sha-256, allowed = [ec-dsa-sha-256, ec-dsa-sha-384] }
  keys { default = ec-p-256, allowed = [ec-p-256, ec-p-384] }
}`,
    },
  },
  check(context) {
    if (!isSince(context, '3.4')) return [];
    return validatedNodes(context).flatMap((node) => [
      ...misfits(context, node, 'signing'),
      ...misfits(context, node, 'encryption'),
    ]);
  },
};

function misfits(context: RuleContext, node: NodeView, purpose: 'signing' | 'encryption'): Diagnostic[] {
  const keys = schemeSetting(node.section, `${purpose}.keys`);
  const algorithms = schemeSetting(node.section, `${purpose}.algorithms`);
  // Each is a list, unknown, or not set.
  if (typeof keys?.allowed !== 'object' || typeof algorithms?.allowed !== 'object') return [];
  const { allowed, displayName } = keys;
  const keyList = boundAt(node.section, purpose, 'keys', 'allowed');
  const algorithmList = boundAt(node.section, purpose, 'algorithms', 'allowed');
  const found: Diagnostic[] = [];
  const covered = [...new Set(algorithms.allowed.flatMap(keysOfAlgorithm))];
  const uncovered = allowed.filter((key) => !covered.includes(key));
  const [first] = uncovered;
  if (first !== undefined) {
    const canton = `The allowed ${purpose} key specifications (${setText(allowed, displayName)}) are not all supported by the allowed ${purpose} algorithms. Supported keys for those algorithms are: ${setText(covered, displayName)}.`;
    const message = `No algorithm in '${purpose}.algorithms.allowed' of ${nameOf(node)} uses keys of '${uncovered.join("', '")}'. Canton: "${canton}"`;
    const fitting = algorithmFor(algorithms, first);
    const fixes = fitting === undefined ? [] : listFix(context, algorithmList, fitting);
    found.push(
      report(schemeFit, {
        message,
        fixes,
        related: listedIn(node, algorithmList),
        ...placeOf(node, keyList),
      }),
    );
  }
  for (const algorithm of algorithms.allowed) {
    const usable = keysOfAlgorithm(algorithm);
    if (usable.some((key) => allowed.includes(key))) continue;
    const canton = `The ${purpose} algorithm specification ${algorithms.displayName(algorithm)} does not include any key specification supported by this node. Supported key specifications: ${setText(allowed, displayName)}.`;
    const message = `'${algorithm}' is allowed for ${nameOf(node)}, but its keys, ${orList(usable)}, are not in '${purpose}.keys.allowed'. Canton: "${canton}"`;
    const fixes = usable[0] === undefined ? [] : listFix(context, keyList, usable[0]);
    found.push(
      report(schemeFit, {
        message,
        fixes,
        related: listedIn(node, keyList),
        ...placeOf(node, algorithmList),
      }),
    );
  }
  return found;
}

function listedIn(node: NodeView, list: Bound | undefined): Diagnostic['related'] {
  const name = list?.path.slice(4).join('.') ?? '';
  return [{ location: valueLocation(node, list), message: `This is '${name}'.` }];
}
