import { renamed } from '../../edits/entry-edits';
import { entryAt } from '../../hocon/values/config-value';
import { report } from '../report';
import type { Rule } from '../rule';

export const nodeName: Rule = {
  code: 'read/node-name',
  severity: 'error',
  title: 'Invalid node name',
  docs: 'The name of a node has 1 to 30 characters: ASCII letters, digits, `_` and `-`.',
  source: 'config/CantonRequireTypes.scala main',
  examples: {
    bad: { text: 'canton.mediators."mediator one".crypto {}' },
    good: { text: 'canton.mediators.mediator-one.crypto {}' },
  },
  check(context) {
    return context.view.failures
      .filter((failure) => failure.kind === 'node-name')
      .map(({ name, path, location, text }) => {
        const allowed = "Node names have 1 to 30 letters, digits, '_' and '-'.";
        const quoted = /^'.*'$/.test(name)
          ? 'HOCON does not support single quotes, so they are part of the name. '
          : '';
        const message = `${quoted}Invalid node name '${name}'. ${allowed} Canton: "${text}"`;
        const near = name.replace(/[^a-zA-Z0-9_-]+/g, '-').slice(0, 30);
        const definitions = entryAt(context.config, path)?.definitions ?? [];
        const edits = renamed(context, definitions, near);
        const fixes = /[a-zA-Z0-9]/.test(near) && edits.length > 0 ? [{ title: `Rename to '${near}'`, edits }] : [];
        return report(nodeName, { message, location, path, fixes });
      });
  },
};
