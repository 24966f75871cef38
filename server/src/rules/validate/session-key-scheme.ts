import type { SchemeSection } from '../../../../schemas/schemes';
import { booleanAt, boundAt, isPresent, textAt, UNKNOWN, type Unknown } from '../../model/binding/bound';
import type { Diagnostic } from '../../model/diagnostic';
import { sessionKeys } from '../../model/facts/node-facts';
import { schemeSetting, selectSchemes, setText } from '../../model/facts/schemes';
import type { NodeView } from '../../model/facts/view';
import { listFix } from '../fixes';
import { isSince, nameOf, placeOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

export const sessionKeyScheme: Rule = {
  code: 'validate/session-key-scheme',
  severity: 'error',
  scope: 'node',
  title: 'Scheme of the session signing keys is not allowed',
  docs: `Session signing keys use \`ed-25519\` on \`ec-curve-25519\` by default, and their scheme must be allowed for signing. With
\`signing.algorithms.allowed = [ec-dsa-sha-256]\`, add \`ed-25519\` to the list or set another \`signing-algorithm-spec\`. The KMS
need not support the scheme, because session keys are software keys.

Canton 3.3 and 3.4 derive the allowed values from all scheme settings together, so inconsistent settings allow nothing.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/{Community,Enterprise}ConfigValidations.scala 3.4, 3.3',
  examples: {
    bad: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  signing.keys.allowed = [ec-p-256]
  session-signing-keys.enabled = true
}`,
    },
    good: {
      text: `canton.participants.p1.crypto {
  provider = kms
  kms { type = aws, region = us-east-1 }
  signing.keys.allowed = [ec-p-256, ec-curve-25519]
  session-signing-keys.enabled = true
}`,
    },
  },
  check(context) {
    return validatedNodes(context).flatMap((node) => {
      const isChecked = isSince(context, '3.5') ? isCheckedSince35(context, node) : isCheckedBefore(context, node);
      if (!isChecked) return [];
      const algorithm = compare(context, node, 'signing.algorithms', 'signing-algorithm-spec');
      const key = compare(context, node, 'signing.keys', 'signing-key-spec');
      if (isSince(context, '3.5')) return [algorithm, key].filter((found) => found !== undefined);
      return [algorithm ?? key].filter((found) => found !== undefined);
    });
  },
};

function isCheckedSince35({ view, version }: RuleContext, node: NodeView): boolean {
  const keys = sessionKeys(node, version);
  if (keys === undefined || booleanAt(keys, 'enabled') !== true) return false;
  if (view.nonStandard === true) return true;
  return textAt(node.section, 'provider') === 'kms' && isPresent(node.section, 'kms') === true;
}

function isCheckedBefore({ view, version }: RuleContext, node: NodeView): boolean {
  const keys = sessionKeys(node, version);
  if (keys === undefined || booleanAt(keys, 'enabled') !== true) return false;
  return textAt(node.section, 'provider') === 'kms' && (version === '3.3' || view.nonStandard === true);
}

function compare(context: RuleContext, node: NodeView, settings: SchemeSection, key: string): Diagnostic | undefined {
  const setting = schemeSetting(node.section, settings);
  const keys = sessionKeys(node, context.version);
  if (setting === undefined || keys === undefined) return undefined;
  const wanted = textAt(keys, key);
  const allowed = allowedFor(context, node, settings);
  if (wanted === UNKNOWN || wanted === undefined || allowed === UNKNOWN || allowed.includes(wanted)) return undefined;
  const what = settings === 'signing.keys' ? 'key' : 'algorithm';
  const canton = `The selected signing ${what} specification, ${setting.displayName(wanted)}, for session signing keys is not supported. ${supported(context, setting, allowed, what)}`;
  const at = boundAt(keys, key);
  const list = boundAt(node.section, 'signing', setting.level, 'allowed');
  const message = `'${wanted}', which the session signing keys of ${nameOf(node)} use, is not in '${settings}.allowed'. Add it there, or set '${key}'. Canton: "${canton}"`;
  const listed = list?.entry && { location: valueLocation(node, list), message: 'The allowed values are listed here.' };
  return report(sessionKeyScheme, {
    message,
    related: listed && [listed],
    ...placeOf(node, at, list, boundAt(keys, 'enabled')),
    fixes: listFix(context, list, wanted),
  });
}

/** The values that are allowed for signing: in 3.5 and later as set or all, before that after the whole selection. */
function allowedFor(context: RuleContext, node: NodeView, settings: SchemeSection): readonly string[] | Unknown {
  const setting = schemeSetting(node.section, settings);
  if (isSince(context, '3.5')) return setting?.allowed ?? setting?.all ?? [];
  const selection = selectSchemes(node.section, 'kms', context.version);
  if (selection === UNKNOWN) return UNKNOWN;
  return 'kind' in selection ? [] : (selection.get(settings)?.allowed ?? []);
}

type Setting = NonNullable<ReturnType<typeof schemeSetting>>;

function supported({ version }: RuleContext, setting: Setting, allowed: readonly string[], what: string): string {
  const { displayName } = setting;
  if (version === '3.3') {
    const raw =
      setting.allowed === undefined || setting.allowed === UNKNOWN
        ? 'None'
        : `Some(${setText(setting.allowed, displayName)})`;
    return `Supported algorithms are: ${raw}.`;
  }
  if (version === '3.4') return `Supported ${what}s are: ${setText(allowed, displayName)}.`;
  return `Supported ${what}s: ${setText(allowed, displayName)}.`;
}
