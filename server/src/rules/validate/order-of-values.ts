import { type Availability, existsIn } from '../../../../schemas/version';
import { type Bound, boundAt, valueAt } from '../../model/binding/bound';
import type { NodeView } from '../../model/facts/view';
import { hasClusterChecks, nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

/** Two settings of a section; the first must not exceed the second. */
interface Ordered extends Availability {
  readonly kinds: readonly NodeView['kind'][];
  readonly section: readonly string[];
  readonly lower: string;
  readonly upper: string;
}

const RETRIES = [
  ['initial-connection-retry-delay', 'warn-disconnect-delay'],
  ['warn-disconnect-delay', 'max-connection-retry-delay'],
].map(([lower = '', upper = '']): Ordered => {
  return { kinds: ['participants', 'sequencers', 'mediators'], section: ['sequencer-client'], lower, upper };
});

const ORDERED: readonly Ordered[] = [
  {
    kinds: ['participants'],
    section: ['ledger-api', 'update-service'],
    since: '3.5',
    lower: 'default-updates-page-size',
    upper: 'max-updates-page-size',
  },
  {
    kinds: ['participants'],
    section: ['ledger-api', 'state-service'],
    since: '3.5',
    lower: 'default-acs-page-size',
    upper: 'max-acs-page-size',
  },
  {
    kinds: ['participants'],
    section: ['ledger-api', 'topology-aware-package-selection'],
    since: '3.4',
    lower: 'max-passes-default',
    upper: 'max-passes-limit',
  },
  {
    kinds: ['sequencers'],
    section: ['sequencer', 'config'],
    since: '3.5',
    lower: 'init-query-timeout',
    upper: 'init-timeout',
  },
  {
    kinds: ['sequencers'],
    section: ['sequencer', 'config', 'sequencer-core-subscription-config'],
    since: '3.5',
    lower: 'resume-orderer-threshold-buffer-size',
    upper: 'pause-orderer-threshold-buffer-size',
  },
];

export const orderOfValues: Rule = {
  code: 'validate/order-of-values',
  severity: 'error',
  scope: 'node',
  title: 'Lower bound exceeds its upper bound',
  docs: `Canton refuses these pairs of settings if the first one exceeds the second one. A setting that is not set has its default.
- \`sequencer-client\`: \`initial-connection-retry-delay\` and \`warn-disconnect-delay\`; \`warn-disconnect-delay\` and
  \`max-connection-retry-delay\`.
- Ledger API: a default page size and the maximum page size; \`max-passes-default\` and \`max-passes-limit\`.
- BFT sequencer: \`init-query-timeout\` and \`init-timeout\`; \`resume-orderer-threshold-buffer-size\` and
  \`pause-orderer-threshold-buffer-size\`.`,
  source:
    'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala, EnterpriseConfigValidations.scala 3.4; core/BftBlockOrdererConfig.scala 3.5, main',
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
    const known = [...(hasClusterChecks(context) ? RETRIES : []), ...ORDERED.filter((one) => existsIn(one, context))];
    return validatedNodes(context).flatMap((node) =>
      known
        .filter(({ kinds }) => kinds.includes(node.kind))
        .flatMap(({ section, lower, upper }) => {
          const at = boundAt(node.bound, ...section);
          const low = at && amount(at, lower);
          const high = at && amount(at, upper);
          if (at === undefined || low === undefined || high === undefined || low <= high) return [];
          const path = [...at.path, lower];
          const location = valueLocation(node, boundAt(at, lower), boundAt(at, upper));
          const message = `'${[...section, lower].join('.')}' of ${nameOf(node)} must not exceed '${upper}'.`;
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
