import { booleanAt, boundAt } from '../../model/binding/bound';
import { removeFix } from '../fixes';
import { report } from '../report';
import type { Rule } from '../rule';

export const lonelySwitch: Rule = {
  code: 'ignored/unknown-keys-switch',
  severity: 'warning',
  title: 'Setting has no effect on its own',
  docs: `\`canton.parameters.fail-on-unknown-config-keys = false\` has an effect only together with
\`canton.parameters.non-standard-config = true\`. Without it, Canton still refuses unknown keys.`,
  source: 'config/CantonConfig.scala 3.5, main',
  examples: {
    bad: {
      text: `canton.parameters.fail-on-unknown-config-keys = no
canton.participants.p1.crypto {}`,
    },
    good: {
      text: `canton.parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }
canton.participants.p1.crypto {}`,
    },
  },
  check(context) {
    const { root, nonStandard, isFragment } = context.view;
    if (root === undefined || nonStandard !== false) return [];
    const at = boundAt(root, 'parameters', 'fail-on-unknown-config-keys');
    const last = at?.entry?.definitions.at(-1);
    if (at === undefined || last === undefined || booleanAt(root, ...at.path.slice(1)) !== false) return [];
    const unless = isFragment ? ', unless another file of the launch set sets it' : '';
    const message = `'fail-on-unknown-config-keys = false' has no effect without 'canton.parameters.non-standard-config = true'${unless}. Canton still refuses unknown keys.`;
    const location = { uri: last.uri, range: last.value };
    return [
      report(lonelySwitch, { message, location, path: at.path, fixes: removeFix(context, at), tags: ['unnecessary'] }),
    ];
  },
};
