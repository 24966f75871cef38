import { type Bound, boundAt, valueAt } from '../../model/binding/bound';
import type { NodeView } from '../../model/facts/view';
import { isSince, nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

/** Two settings of a section of which the first must not be above the second. */
interface Ordered {
  readonly kinds: readonly NodeView['kind'][];
  readonly section: readonly string[];
  readonly lower: string;
  readonly upper: string;
}

const ORDERED: readonly Ordered[] = [
  ...(
    [
      ['initial-connection-retry-delay', 'warn-disconnect-delay'],
      ['warn-disconnect-delay', 'max-connection-retry-delay'],
    ] as const
  ).map(([lower, upper]): Ordered => {
    return { kinds: ['participants', 'sequencers', 'mediators'], section: ['sequencer-client'], lower, upper };
  }),
  {
    kinds: ['participants'],
    section: ['ledger-api', 'update-service'],
    lower: 'default-updates-page-size',
    upper: 'max-updates-page-size',
  },
  {
    kinds: ['participants'],
    section: ['ledger-api', 'state-service'],
    lower: 'default-acs-page-size',
    upper: 'max-acs-page-size',
  },
  {
    kinds: ['participants'],
    section: ['ledger-api', 'topology-aware-package-selection'],
    lower: 'max-passes-default',
    upper: 'max-passes-limit',
  },
];

export const orderOfValues: Rule = {
  code: 'validate/order-of-values',
  severity: 'error',
  scope: 'node',
  title: 'A lower bound above its upper bound',
  docs: `Canton refuses pairs of settings in the wrong order: \`initial-connection-retry-delay\`, \`warn-disconnect-delay\` and
\`max-connection-retry-delay\` of a \`sequencer-client\` must not fall; a default page size must not be above the largest one,
nor \`max-passes-default\` above \`max-passes-limit\`. A setting that is left out has its default.`,
  source: 'config/ConfigValidations.scala 3.5, main',
  examples: {
    bad: { text: 'canton.mediators.m1 { admin-api.port = 5012, sequencer-client.warn-disconnect-delay = 2 minutes }' },
    good: {
      text: `canton.mediators.m1 {
  admin-api.port = 5012
  sequencer-client { warn-disconnect-delay = 2 minutes, max-connection-retry-delay = 5 minutes }
}`,
    },
  },
  check(context) {
    if (!isSince(context, '3.5')) return [];
    return validatedNodes(context).flatMap((node) =>
      ORDERED.filter(({ kinds }) => kinds.includes(node.kind)).flatMap(({ section, lower, upper }) => {
        const at = boundAt(node.bound, ...section);
        const low = at && amount(at, lower);
        const high = at && amount(at, upper);
        if (at === undefined || low === undefined || high === undefined || low <= high) return [];
        const path = [...at.path, lower];
        const location = valueLocation(node, boundAt(at, lower), boundAt(at, upper));
        const message = `'${[...section, lower].join('.')}' of ${nameOf(node)} must not be above '${upper}'.`;
        return [report(orderOfValues, { message, location, path })];
      }),
    );
  },
};

function amount(section: Bound, key: string): bigint | undefined {
  const value = valueAt(section, key);
  if (value?.kind === 'integer') return value.value;
  return value?.kind === 'duration' && value.duration.kind === 'finite' ? value.duration.nanos : undefined;
}
