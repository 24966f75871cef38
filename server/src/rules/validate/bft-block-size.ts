import { type Bound, boundAt, textAt, valueAt } from '../../model/binding/bound';
import { nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

/** Each block covers a millisecond, and each request a microsecond of it (`BftTime.scala` `MaxRequestsPerBlock`, all 3.x). */
const REQUESTS_OF_A_BLOCK = 999n;
const SECTION = ['sequencer', 'config'];
const [REQUESTS, BATCHES] = ['max-requests-in-batch', 'max-batches-per-block-proposal'] as const;

export const bftBlockSize: Rule = {
  code: 'validate/bft-block-size',
  severity: 'error',
  scope: 'node',
  title: 'Block size of a BFT sequencer is too large',
  docs: `\`max-requests-in-batch\` times \`max-batches-per-block-proposal\` of a BFT sequencer must be less than ${REQUESTS_OF_A_BLOCK}, because
each request of a block gets its own timestamp within one millisecond. The defaults are 32 and 16.

Canton throws an exception: \`Maximum block size too big\``,
  source: 'core/BftBlockOrdererConfig.scala, core/modules/output/time/BftTime.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: {
      text: 'canton.sequencers.s1 { admin-api.port = 2, public-api.port = 1, sequencer { type = BFT, config.max-requests-in-batch = 64 } }',
    },
    good: {
      text: `canton.sequencers.s1 {
  admin-api.port = 2
  public-api.port = 1
  sequencer { type = BFT, config { max-requests-in-batch = 64, max-batches-per-block-proposal = 8 } }
}`,
    },
  },
  check(context) {
    return validatedNodes(context).flatMap((node) => {
      const config = node.kind === 'sequencers' ? boundAt(node.bound, ...SECTION) : undefined;
      if (config === undefined || textAt(node.bound, 'sequencer', 'type') !== 'BFT') return [];
      const [requests, batches] = [REQUESTS, BATCHES].map((key) => integerAt(config, key));
      if (requests === undefined || batches === undefined || requests * batches < REQUESTS_OF_A_BLOCK) return [];
      const at = [boundAt(config, REQUESTS), boundAt(config, BATCHES)];
      const path = at.find((one) => one?.entry !== undefined)?.path ?? config.path;
      const message = `'${REQUESTS}' times '${BATCHES}' of ${nameOf(node)} is ${requests * batches}. It must be less than ${REQUESTS_OF_A_BLOCK}.`;
      return [report(bftBlockSize, { message, location: valueLocation(node, ...at), path })];
    });
  },
};

function integerAt(section: Bound, key: string): bigint | undefined {
  const value = valueAt(section, key);
  return value?.kind === 'integer' ? value.value : undefined;
}
