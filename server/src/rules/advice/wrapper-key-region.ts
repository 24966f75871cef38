import { AWS_REGIONS, AWS_REGIONS_SOURCE } from '../../../../schemas/cloud-places';
import { boundAt, textAt } from '../../model/binding/bound';
import { parseArn } from '../../model/facts/key-id';
import { envelopeOf } from '../../model/facts/node-facts';
import { nameOf, placeOf, report, valueLocation } from '../report';
import type { Rule } from '../rule';

export const wrapperKeyRegion: Rule = {
  code: 'advice/wrapper-key-region',
  severity: 'warning',
  scope: 'node',
  title: 'Wrapper key in another region than the KMS',
  docs: `An AWS KMS client uses only one region. A wrapper key given as ARN of another region, or of another partition
(\`aws\`, \`aws-cn\`, \`aws-us-gov\`), is not found there.`,
  source: `AWS KMS developer guide, regions; ${AWS_REGIONS_SOURCE}`,
  examples: {
    bad: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto {
    kms { type = aws, region = us-east-1 }
    private-key-store.encryption {
      type = kms
      wrapper-key-id = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }
}`,
    },
    good: {
      text: `canton.participants.p1 {
  storage.type = postgres
  crypto {
    kms { type = aws, region = eu-central-1 }
    private-key-store.encryption {
      type = kms
      wrapper-key-id = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }
}`,
    },
  },
  check(context) {
    return context.view.nodes.flatMap((node) => {
      const envelope = envelopeOf(node);
      const arn = envelope?.type === 'aws' && envelope.keyId !== undefined ? parseArn(envelope.keyId) : undefined;
      const region = textAt(node.section, 'kms', 'region');
      if (arn === undefined || envelope === undefined || typeof region !== 'string' || region === '') return [];
      const partition = AWS_REGIONS.get(region)?.partition;
      const wrongRegion = arn.region !== region;
      const wrongPartition = partition !== undefined && arn.partition !== partition;
      if (!wrongRegion && !wrongPartition) return [];
      const what = wrongRegion
        ? `in the region '${arn.region}', but the KMS of ${nameOf(node)} is in '${region}'`
        : `in the partition '${arn.partition}', but '${region}' belongs to '${partition}'`;
      const kmsRegion = valueLocation(node, boundAt(node.section, 'kms', 'region'));
      const related = [{ location: kmsRegion, message: 'The region of the KMS.' }];
      return [
        report(wrapperKeyRegion, {
          message: `'${envelope.keyId}' is ${what}.`,
          ...placeOf(node, envelope.keyIdAt),
          related,
        }),
      ];
    });
  },
};
