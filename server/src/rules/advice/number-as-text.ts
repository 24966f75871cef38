import { fieldAt } from '../../edits/insertion-point';
import type { Bound } from '../../model/binding/bound';
import { numberText } from '../../model/binding/pureconfig';
import type { Diagnostic } from '../../model/diagnostic';
import type { NodeView } from '../../model/facts/view';
import { hoconQuoted } from '../../text/encoders/hocon';
import { replaceFix } from '../fixes';
import { report, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

export const numberAsText: Rule = {
  code: 'advice/number-as-text',
  severity: 'warning',
  scope: 'node',
  title: 'Unquoted number changes when read as a string',
  docs: `Where Canton expects a string, it converts an unquoted number from its value: \`007\` becomes "7", \`1e3\` becomes "1000", and
\`1.50\` becomes "1.5". Quote names and identifiers that look like numbers.`,
  source: 'PureConfig 0.14.0 ConfigCursor.scala',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = gcp, location-id = us-east1, project-id = 007, key-ring-id = canton } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = gcp, location-id = us-east1, project-id = "007", key-ring-id = canton } }',
    },
  },
  check: (context) => context.view.nodes.flatMap((node) => changedNumbers(context, node, node.section)),
};

function changedNumbers(context: RuleContext, node: NodeView, bound: Bound): Diagnostic[] {
  if (bound.value.kind === 'object') {
    return [...bound.value.fields.written.values()].flatMap((field) => changedNumbers(context, node, field));
  }
  const written = bound.entry?.value;
  if (bound.field?.model.kind !== 'string' || written?.kind !== 'number') return [];
  const spelled = spellingOf(context, bound);
  const read = numberText(written);
  if (spelled === undefined || spelled === read) return [];
  const message = `Canton reads this number as the string '${read}'. To keep '${spelled}', put it in quotes.`;
  const fixes = replaceFix(context, bound, hoconQuoted(spelled));
  return [report(numberAsText, { message, fixes, location: valueLocation(node, bound), path: bound.path })];
}

function spellingOf(context: RuleContext, { entry }: Bound): string | undefined {
  const last = entry?.definitions.at(-1);
  const tree = last && context.tree(last.uri);
  const value = tree && fieldAt(tree, last.key)?.value;
  return value?.kind === 'scalar' ? value.value : undefined;
}
