import { compareVersions } from '../../../../schemas/version';
import { boundAt, isPresent } from '../../model/binding/bound';
import type { NodeView } from '../../model/facts/view';
import { nameOf, report, startedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

const HIGH_AVAILABILITY = ['sequencer', 'high-availability'];

/** Sections that the community edition refuses whatever they contain, with the name in Canton's message. */
const RESERVED: readonly {
  readonly kinds: readonly NodeView['kind'][];
  readonly path: readonly string[];
  readonly canton: string;
}[] = [
  { kinds: ['participants', 'sequencers', 'mediators'], path: ['replication'], canton: 'ReplicationConfig' },
  { kinds: ['participants'], path: ['features', 'profile-dir'], canton: 'ParticipantFeaturesConfig' },
  { kinds: ['sequencers'], path: HIGH_AVAILABILITY, canton: 'SequencerHighAvailabilityConfig' },
  { kinds: ['sequencers'], path: ['sequencer', 'reader', 'polling-interval'], canton: 'polling-interval' },
  { kinds: ['sequencers'], path: ['sequencer', 'block', 'reader', 'polling-interval'], canton: 'polling-interval' },
];

export const enterpriseOnly: Rule = {
  code: 'validate/enterprise-only',
  severity: 'error',
  scope: 'node',
  title: 'Section requires the enterprise edition in Canton 3.3 and 3.4',
  docs: `The community edition of Canton 3.3 and 3.4 refuses \`replication\` of a node, \`features.profile-dir\` of a participant,
\`high-availability\` of a database sequencer, and \`polling-interval\` of a sequencer's \`reader\`, whatever their values,
including \`replication.enabled = false\`. Since 3.5, both editions accept them.

Canton: \`Config validation error in participants.p1.replication: Configuration ReplicationConfig is supported only in EnterpriseCantonEdition\``,
  source:
    'config/ReplicationConfig.scala, synchronizer/sequencer/SequencerConfig.scala, SequencerReader.scala, config/CantonConfigValidation.scala 3.3, 3.4',
  examples: {
    bad: {
      version: '3.4',
      edition: 'community',
      text: 'canton.mediators.m1 { admin-api.port = 5012, replication.enabled = false }',
    },
    good: {
      version: '3.4',
      edition: 'enterprise',
      text: 'canton.mediators.m1 { admin-api.port = 5012, replication.enabled = false }',
    },
  },
  check(context) {
    if (context.edition !== 'community' || compareVersions(context.version, '3.4') > 0) return [];
    return startedNodes(context).flatMap((node) =>
      RESERVED.filter(({ kinds }) => kinds.includes(node.kind)).flatMap(({ path, canton }) => {
        const at = boundAt(node.bound, ...path);
        if (at?.entry === undefined || isPresent(node.bound, ...path) !== true) return [];
        const message = `The community edition of Canton ${context.version} does not support '${path.join('.')}' of ${nameOf(node)}. Canton: "Configuration ${canton} is supported only in EnterpriseCantonEdition"`;
        return [report(enterpriseOnly, { message, location: valueLocation(node, at), path: at.path })];
      }),
    );
  },
};
