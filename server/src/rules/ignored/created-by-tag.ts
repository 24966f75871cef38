import { boundAt } from '../../model/binding/bound';
import { removeFix } from '../fixes';
import { report, valueLocation } from '../report';
import type { Rule } from '../rule';

export const createdByTag: Rule = {
  code: 'ignored/created-by-tag',
  severity: 'warning',
  scope: 'node',
  title: 'Tag is overwritten by Canton',
  docs: 'Canton sets the tag `CreatedBy` = `Canton` on every key that it creates, whatever `custom-tags` contains.',
  source: 'crypto/kms/aws/AwsKms.scala main',
  examples: {
    bad: {
      version: '3.6',
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, custom-tags { CreatedBy = us } } }',
    },
    good: {
      version: '3.6',
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, custom-tags { Owner = us } } }',
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      const tag = boundAt(node.section, 'kms', 'custom-tags', 'CreatedBy');
      if (tag === undefined) return [];
      const message = "Canton always sets the tag 'CreatedBy' to 'Canton'. This value has no effect.";
      return [
        report(createdByTag, {
          message,
          location: valueLocation(node, tag),
          path: tag.path,
          fixes: removeFix(context, tag),
          tags: ['unnecessary'],
        }),
      ];
    });
  },
};
