import { boundAt, nanosAt, textAt, valueAt } from '../../model/binding/bound';
import { isSince, nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

/** A segment of a URI without escapes. */
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/;

export const engineExtension: Rule = {
  code: 'validate/engine-extension',
  severity: 'error',
  scope: 'node',
  title: 'Invalid engine extension',
  docs: `An extension in \`parameters.engine.extensions\` (3.6) needs a \`version\` that is a valid segment of a URI (letters, digits
and \`.\`, \`_\`, \`~\`, \`-\`, but neither \`.\` nor \`..\`), a \`port\` other than 0, and a \`retry-initial-delay\` that does not exceed
\`retry-max-delay\`.`,
  source: 'config/ConfigValidations.scala main',
  examples: {
    bad: {
      version: '3.6',
      text: `canton.participants.p1 {
  admin-api.port = 5012
  parameters.engine.extensions.prices { address = prices.example, port = 0 }
}`,
    },
    good: {
      version: '3.6',
      text: `canton.participants.p1 {
  admin-api.port = 5012
  parameters.engine.extensions.prices { address = prices.example, port = 8443 }
}`,
    },
  },
  check(context) {
    if (!isSince(context, '3.6')) return [];
    return validatedNodes(context).flatMap((node) => {
      const extensions = valueAt(node.bound, 'parameters', 'engine', 'extensions');
      if (node.kind !== 'participants' || extensions?.kind !== 'object') return [];
      return [...extensions.fields.written.values()].flatMap((extension) => {
        const version = textAt(extension, 'version');
        const port = valueAt(extension, 'port');
        const [initial, max] = ['retry-initial-delay', 'retry-max-delay'].map((key) => nanosAt(extension, key));
        const isFalling = typeof initial === 'bigint' && typeof max === 'bigint' && initial > max;
        const faults = [
          ...(typeof version === 'string' && !SEGMENT.test(version)
            ? [{ key: 'version', message: `must be a segment of a URI: letters, digits, '.', '_', '~' and '-'` }]
            : []),
          ...(port?.kind === 'integer' && port.value === 0n ? [{ key: 'port', message: 'must not be 0' }] : []),
          ...(isFalling ? [{ key: 'retry-initial-delay', message: `must not exceed 'retry-max-delay'` }] : []),
        ];
        return faults.map(({ key, message }) => {
          const at = boundAt(extension, key);
          const name = `'${key}' of the extension '${extension.path.at(-1)}' of ${nameOf(node)}`;
          const location = valueLocation(node, at, extension);
          return report(engineExtension, { message: `${name} ${message}.`, location, path: [...extension.path, key] });
        });
      });
    });
  },
};
