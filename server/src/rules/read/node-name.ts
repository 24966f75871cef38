import { report } from '../report';
import type { Rule } from '../rule';

export const nodeName: Rule = {
  code: 'read/node-name',
  severity: 'error',
  title: 'A node name that Canton does not accept',
  docs: 'The name of a node has 1 to 30 characters: ASCII letters, digits, `_` and `-`.',
  source: 'config/CantonRequireTypes.scala main',
  examples: {
    bad: { text: 'canton.mediators."mediator one".crypto {}' },
    good: { text: 'canton.mediators.mediator-one.crypto {}' },
  },
  check(context) {
    return context.view.failures
      .filter((failure) => failure.kind === 'node-name')
      .map(({ name, path, place, text }) => {
        const allowed = 'Node names have 1 to 30 characters: letters, digits, `_` and `-`.';
        return report(nodeName, {
          message: `'${name}' cannot be the name of a node. ${allowed} Canton: "${text}"`,
          place,
          path,
        });
      });
  },
};
