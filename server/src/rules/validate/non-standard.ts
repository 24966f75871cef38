import { type Bound, booleanAt, boundAt, textAt, valueAt } from '../../model/binding/bound';
import type { NodeView } from '../../model/facts/view';
import { isSince, nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

/** A setting of one kind of node that Canton refuses without `non-standard-config`. */
interface Restricted {
  readonly kind: NodeView['kind'];
  readonly since: RuleContext['version'];
  /** As the message names it. */
  readonly setting: string;
  /** The key that makes the node non-standard; undefined where there is none, or where it cannot be known. */
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
    kind: 'participants',
    since: '3.4',
    setting: 'parameters.engine.enable-additional-consistency-checks',
    find: (node) => whenTrue(node, 'parameters', 'engine', 'enable-additional-consistency-checks'),
  },
  {
    kind: 'participants',
    since: '3.5',
    setting: 'parameters.engine.snapshot-dir',
    find: (node) => {
      const at = boundAt(node, 'parameters', 'engine', 'snapshot-dir');
      return at?.value.kind === 'text' ? at : undefined;
    },
  },
];

function whenTrue(node: Bound, ...path: readonly string[]): Bound | undefined {
  return booleanAt(node, ...path) === true ? boundAt(node, ...path) : undefined;
}

/** Canton compares the whole section with its default; a duration whose default is computed may be the same. */
function isOtherThanDefault(value: Bound['value'], defaultValue: unknown): boolean {
  if (value.kind === 'boolean') return value.value !== defaultValue;
  return value.kind === 'text' || value.kind === 'duration';
}

export const nonStandard: Rule = {
  code: 'validate/non-standard',
  severity: 'error',
  scope: 'node',
  title: 'A setting that requires non-standard-config',
  docs: `Canton refuses some settings unless \`canton.parameters.non-standard-config = true\`, because they are meant for tests
or for support: a sequencer on a database, another \`ledger-api.admin-token-config\` than the default,
\`parameters.engine.enable-additional-consistency-checks\` and \`snapshot-dir\`. Not checked in a file that is only a part of
a launch set.`,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.4',
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
      RESTRICTED.filter(({ kind, since }) => kind === node.kind && isSince(context, since)).flatMap((one) => {
        const at = one.find(node.bound);
        if (at === undefined) return [];
        const message = `'${one.setting}' of ${nameOf(node)} requires 'canton.parameters.non-standard-config = true'.`;
        return [report(nonStandard, { message, location: valueLocation(node, at), path: at.path })];
      }),
    );
  },
};
