import { parseScalaDuration } from '../../../../schemas/scala-duration';
import { type Availability, existsIn } from '../../../../schemas/version';
import { type Bound, booleanAt, boundAt, isPresent, textAt, valueAt } from '../../model/binding/bound';
import type { NodeView } from '../../model/facts/view';
import { nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

/** A setting of one kind of node that Canton refuses without `non-standard-config`. */
interface Restricted extends Availability {
  readonly kind: NodeView['kind'];
  /** The name in the message. */
  readonly setting: string;
  /** The key that makes the node non-standard; undefined if there is none, or if it cannot be known. */
  find(node: Bound): Bound | undefined;
}

const RESTRICTED: readonly Restricted[] = [
  {
    kind: 'sequencers',
    since: '3.4',
    setting: 'sequencer.type = database',
    find: (node) => (textAt(node, 'sequencer', 'type') === 'database' ? boundAt(node, 'sequencer', 'type') : undefined),
  },
  {
    kind: 'participants',
    since: '3.4',
    setting: 'ledger-api.admin-token-config',
    find: (node) => {
      const section = valueAt(node, 'ledger-api', 'admin-token-config');
      const written = section?.kind === 'object' ? [...section.fields.written.values()] : [];
      return written.find(({ value, field }) => isOtherThanDefault(value, field?.defaultValue));
    },
  },
  {
    kind: 'sequencers',
    since: '3.6',
    setting: 'sequencer.config.standalone',
    find: (node) => {
      const isBft = textAt(node, 'sequencer', 'type') === 'BFT';
      return isBft && isPresent(node, 'sequencer', 'config', 'standalone') === true
        ? boundAt(node, 'sequencer', 'config', 'standalone')
        : undefined;
    },
  },
  {
    kind: 'participants',
    since: '3.3',
    until: '3.3',
    setting: 'ledger-api.admin-token',
    find: (node) => whenText(node, 'ledger-api', 'admin-token'),
  },
  {
    kind: 'participants',
    since: '3.3',
    setting: 'parameters.engine.enable-additional-consistency-checks',
    find: (node) => whenTrue(node, 'parameters', 'engine', 'enable-additional-consistency-checks'),
  },
  {
    kind: 'participants',
    since: '3.5',
    setting: 'parameters.engine.snapshot-dir',
    find: (node) => whenText(node, 'parameters', 'engine', 'snapshot-dir'),
  },
  {
    kind: 'participants',
    since: '3.4',
    until: '3.4',
    setting: 'features.snapshot-dir',
    find: (node) => whenText(node, 'features', 'snapshot-dir'),
  },
  {
    kind: 'participants',
    since: '3.5',
    setting: 'parameters.validate-legacy-contracts-v-11 = false',
    find: (node) => {
      const isOff = booleanAt(node, 'parameters', 'validate-legacy-contracts-v-11') === false;
      return isOff ? boundAt(node, 'parameters', 'validate-legacy-contracts-v-11') : undefined;
    },
  },
];

function whenTrue(node: Bound, ...path: readonly string[]): Bound | undefined {
  return booleanAt(node, ...path) === true ? boundAt(node, ...path) : undefined;
}

function whenText(node: Bound, ...path: readonly string[]): Bound | undefined {
  const at = boundAt(node, ...path);
  return at?.value.kind === 'text' ? at : undefined;
}

/** Canton compares the whole section with its default; a duration whose default is computed may be the same. */
function isOtherThanDefault(value: Bound['value'], defaultValue: unknown): boolean {
  if (value.kind === 'boolean') return value.value !== defaultValue;
  if (value.kind !== 'duration' || typeof defaultValue !== 'string') return value.kind === 'text';
  const usual = parseScalaDuration(defaultValue);
  const isUsual =
    usual.ok &&
    usual.duration.kind === 'finite' &&
    value.duration.kind === 'finite' &&
    usual.duration.nanos === value.duration.nanos;
  return !isUsual;
}

export const nonStandard: Rule = {
  code: 'validate/non-standard',
  severity: 'error',
  scope: 'node',
  title: 'Setting requires non-standard-config',
  docs: `Canton refuses some settings unless \`canton.parameters.non-standard-config = true\`, because they are intended for tests
or for support: a database sequencer, \`standalone\` of a BFT sequencer (3.6), a \`ledger-api.admin-token-config\` that differs from
the default (3.3: \`admin-token\`), \`parameters.engine.enable-additional-consistency-checks\`, \`snapshot-dir\`, and
\`validate-legacy-contracts-v-11 = false\` (3.5). This is not checked in a file that is only a part of a launch set.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.3, 3.4',
  examples: {
    bad: {
      text: 'canton.sequencers.s1 { admin-api.port = 5012, public-api.port = 5011, sequencer.type = database }',
    },
    good: {
      text: `canton.parameters.non-standard-config = yes
canton.sequencers.s1 { admin-api.port = 5012, public-api.port = 5011, sequencer.type = database }`,
    },
  },
  check(context) {
    if (context.view.nonStandard !== false || context.view.isFragment) return [];
    return validatedNodes(context).flatMap((node) =>
      RESTRICTED.filter((one) => one.kind === node.kind && existsIn(one, context)).flatMap((one) => {
        const at = one.find(node.bound);
        if (at === undefined) return [];
        const message = `'${one.setting}' of ${nameOf(node)} requires 'canton.parameters.non-standard-config = true'.`;
        return [report(nonStandard, { message, location: valueLocation(node, at), path: at.path })];
      }),
    );
  },
};
