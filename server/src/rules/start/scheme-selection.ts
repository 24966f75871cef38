import { keysOfAlgorithm, type SchemeSection } from '../../../../schemas/schemes';
import { boundAt, textAt, UNKNOWN } from '../../model/binding/bound';
import type { Fix } from '../../model/diagnostic';
import { algorithmFor, type SelectionFailure, schemeSetting, selectSchemes } from '../../model/facts/schemes';
import type { NodeView } from '../../model/facts/view';
import { insertFix, listFix } from '../fixes';
import { isSince, nameOf, placeOf, report, startedNodes } from '../report';
import type { Rule, RuleContext } from '../rule';

export const schemeSelection: Rule = {
  code: 'start/scheme-selection',
  severity: 'error',
  scope: 'node',
  title: 'Selected schemes do not work together',
  docs: `When a node starts, every \`allowed\` list must contain the effective \`default\`. If none is set, it is the default of the
provider (\`jce\`: \`ed-25519\` on \`ec-curve-25519\`, ECIES on \`ec-p-256\`; \`kms\`: \`ec-dsa-sha-256\` on \`ec-p-256\`,
\`rsa-oaep-sha-256\` on \`rsa-2048\`). Since 3.5.1 the default key must also fit the default algorithm, so set both or neither.

ML-DSA-65 (development line) requires \`crypto.enable-experimental = true\`.

With \`provider = kms\`, Canton 3.3 selects the schemes twice, the second time with the defaults of \`jce\`: an \`allowed\` list without
its own \`default\` must contain the defaults of both providers.

Canton: \`Scheme … is not allowed: …\`, \`Allowed schemes … are not supported\`,
\`Default signing key spec … is not supported by default signing algorithm …\``,
  source: 'crypto/CryptoSchemes.scala 3.3, 3.4, 3.5, main; crypto/provider/jce/JcePureCrypto.scala 3.3',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.signing.algorithms.default = ec-dsa-sha-256' },
    good: {
      text: 'canton.participants.p1.crypto.signing { algorithms.default = ec-dsa-sha-256, keys.default = ec-p-256 }',
    },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => {
      const provider = textAt(node.section, 'provider');
      if (provider !== 'jce' && provider !== 'kms') return [];
      const fault = faultOf(context, node, provider);
      if (fault === undefined || isReportedByValidation(context, node, fault)) return [];
      const message = `${explain(node, fault, provider)} Canton: "${fault.text}"`;
      return [
        report(schemeSelection, {
          message,
          ...locate(node, fault.settings),
          fixes: fixesFor(context, node, fault),
        }),
      ];
    });
  },
};

function faultOf({ version }: RuleContext, node: NodeView, provider: 'jce' | 'kms'): SelectionFailure | undefined {
  const passes: readonly ('jce' | 'kms')[] = version === '3.3' && provider === 'kms' ? ['kms', 'jce'] : [provider];
  for (const pass of passes) {
    const selection = selectSchemes(node.section, pass, version);
    if (selection === UNKNOWN) return undefined;
    if ('kind' in selection) return selection;
  }
  return undefined;
}

/** In 3.4 and later, validation already reports this fault if both values are set. */
function isReportedByValidation(context: RuleContext, node: NodeView, { kind, settings }: SelectionFailure): boolean {
  if (kind !== 'not-allowed' || !isSince(context, '3.4') || !node.isValidated) return false;
  return (
    schemeSetting(node.section, settings)?.default !== undefined &&
    schemeSetting(node.section, settings)?.allowed !== undefined
  );
}

function locate(node: NodeView, settings: SchemeSection): ReturnType<typeof placeOf> {
  const [purpose = '', level = ''] = settings.split('.');
  const other = level === 'keys' ? 'algorithms' : 'keys';
  const candidates = [
    boundAt(node.section, purpose, level, 'default'),
    boundAt(node.section, purpose, other, 'default'),
    boundAt(node.section, purpose, level, 'allowed'),
  ];
  const written = candidates.find((bound) => bound?.entry !== undefined);
  return placeOf(node, written, boundAt(node.section, 'provider'), node.section);
}

function explain(node: NodeView, { kind, settings, taken }: SelectionFailure, provider: string): string {
  const name = nameOf(node);
  const [purpose = '', level = ''] = settings.split('.');
  const isWritten = schemeSetting(node.section, settings)?.default !== undefined;
  if (kind === 'not-supported')
    return `'${settings}.allowed' of ${name} has experimental values. They require 'crypto.enable-experimental = true'.`;
  if (kind === 'mismatch') {
    return `The default ${purpose} algorithm '${taken}' of ${name} does not work with the default key. Set both '${purpose}.algorithms.default' and '${purpose}.keys.default'.`;
  }
  if (isWritten && schemeSetting(node.section, settings)?.allowed === undefined) {
    return `'${taken}' of ${name} is experimental. It requires 'crypto.enable-experimental = true'.`;
  }
  const whose = isWritten ? 'The default' : `The default of provider '${provider}'`;
  return `${whose}, '${taken}', is not in '${settings}.allowed' of ${name}. Add it there, or set '${purpose}.${level}.default'.`;
}

function fixesFor(context: RuleContext, node: NodeView, { kind, settings, taken }: SelectionFailure): readonly Fix[] {
  const [purpose = '', level = ''] = settings.split('.');
  const list = boundAt(node.section, purpose, level, 'allowed');
  if (kind === 'mismatch') return completingFix(context, node, purpose);
  if (kind === 'not-allowed' && list?.entry !== undefined) return listFix(context, list, taken);
  const key = { 'enable-experimental': true };
  return insertFix(context, node.section, key, "Set 'crypto.enable-experimental'");
}

/** Adds the missing half of the pair. */
function completingFix(context: RuleContext, node: NodeView, purpose: string): readonly Fix[] {
  const algorithm = textAt(node.section, purpose, 'algorithms', 'default');
  const key = textAt(node.section, purpose, 'keys', 'default');
  const section = boundAt(node.section, purpose);
  if (typeof algorithm === 'string' && key === undefined) {
    const fitting = keysOfAlgorithm(algorithm)[0] as string;
    return insertFix(context, section, { keys: { default: fitting } }, `Use keys of '${fitting}'`);
  }
  if (typeof key !== 'string' || algorithm !== undefined) return [];
  const algorithms = schemeSetting(
    node.section,
    purpose === 'signing' ? 'signing.algorithms' : 'encryption.algorithms',
  );
  const fitting = algorithms && algorithmFor(algorithms, key);
  if (fitting === undefined) return [];
  return insertFix(context, section, { algorithms: { default: fitting } }, `Use the algorithm '${fitting}'`);
}
