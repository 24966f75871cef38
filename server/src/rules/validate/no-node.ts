import { SPLICE_SECTIONS } from '../../../../schemas/splice';
import { mayHoldKeys } from '../../model/binding/cursor';
import { locationOfKey } from '../../model/binding/locations';
import { report } from '../report';
import type { Rule } from '../rule';

export const noNode: Rule = {
  code: 'validate/no-node',
  severity: 'error',
  title: 'Launch set without a node',
  docs: `Canton refuses to start without a participant, sequencer or mediator, local or remote. This is checked for launch sets that
are declared in \`canton-kms.json\` or with \`--set\`. A single file may be part of a launch set, unless \`canton\` is empty and
\`--env-only\` excludes other sources.

Canton: \`At least one node must be defined in the configuration\``,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.4, 3.3',
  examples: {
    bad: { isWhole: true, text: 'canton.parameters.non-standard-config = yes' },
    good: {
      isWhole: true,
      text: `canton.parameters.non-standard-config = yes
canton.remote-mediators.m1.admin-api { address = mediator, port = 5012 }`,
    },
  },
  check({ isWhole, hasWholeEnvironment, version, view, config }) {
    const canton = config.entries.get('canton');
    const saysAll =
      isWhole || (hasWholeEnvironment && canton?.value.kind === 'object' && canton.value.entries.size === 0);
    if (!saysAll || version === '2.10' || canton === undefined || view.root?.value.kind !== 'object') return [];
    const sections = ['participants', 'sequencers', 'mediators'].flatMap((kind) => [kind, `remote-${kind}`]);
    const { fields } = view.root.value;
    const isEmpty = sections.every((name) => {
      const value = fields.get(name)?.value;
      const written = canton.value.kind === 'object' ? canton.value.entries.get(name)?.value : undefined;
      if (written?.kind === 'object' && mayHoldKeys(written.unknowns)) return false;
      return value?.kind === 'object' && value.fields.written.size === 0;
    });
    const written = canton.value.kind === 'object' ? canton.value.entries : undefined;
    if (!isEmpty || SPLICE_SECTIONS.some((name) => written?.has(name))) return [];
    const message = 'This launch set has no node. Canton: "At least one node must be defined in the configuration"';
    return [report(noNode, { message, location: locationOfKey(canton, canton.value.origin), path: ['canton'] })];
  },
};
