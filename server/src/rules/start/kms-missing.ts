import type { KmsType } from '../../../../schemas/kms-types';
import type { HoconObject } from '../../edits/hocon-text';
import { boundAt, isPresent, textAt } from '../../model/binding/bound';
import type { Fix } from '../../model/diagnostic';
import { storageKind } from '../../model/facts/node-facts';
import type { NodeView } from '../../model/facts/view';
import { insertFix } from '../fixes';
import { nameOf, report, startedNodes, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

export const kmsMissing: Rule = {
  code: 'start/kms-missing',
  severity: 'error',
  scope: 'node',
  title: 'Missing KMS section',
  docs: `\`provider = kms\` and \`private-key-store.encryption\` both require a \`kms\` section. Canton loads the configuration
without one, but the node does not start. (Canton 3.3 starts if encryption is configured and the storage is in memory.)

Canton: \`Missing KMS configuration for KMS crypto provider\``,
  source: 'crypto/{CryptoApi,CryptoSchemes}.scala, crypto/store/CryptoPrivateStore.scala 3.3, 3.4, 3.5, main',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.provider = kms' },
    good: { text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }' },
  },
  check(context) {
    return startedNodes(context).flatMap((node) => {
      if (isPresent(node.section, 'kms') !== false) return [];
      const provider = textAt(node.section, 'provider');
      const encrypts = isPresent(node.section, 'private-key-store', 'encryption');
      const asks =
        provider === 'kms'
          ? "'provider = kms'"
          : encrypts === true && provider === 'jce'
            ? "'private-key-store.encryption'"
            : undefined;
      if (asks === undefined) return [];
      if (provider === 'jce' && context.version === '3.3' && storageKind(node) !== 'database') return [];
      const at =
        provider === 'kms'
          ? boundAt(node.section, 'provider')
          : boundAt(node.section, 'private-key-store', 'encryption');
      const message = `Missing 'kms' section, which ${asks} of ${nameOf(node)} requires. Canton: "Missing KMS configuration for KMS crypto provider"`;
      return [
        report(kmsMissing, {
          message,
          location: valueLocation(node, at),
          path: [...node.path, 'crypto', 'kms'],
          fixes: skeletons(context, node),
        }),
      ];
    });
  },
};

interface Skeleton {
  /** The type in the title of the fix. */
  readonly label: string;
  /** The required keys other than `type`. */
  readonly keys: HoconObject;
}

const SKELETONS: Readonly<Record<KmsType, Skeleton>> = {
  aws: { label: 'AWS', keys: { region: 'us-east-1' } },
  gcp: {
    label: 'GCP',
    keys: { 'location-id': 'us-east1', 'project-id': 'my-project', 'key-ring-id': 'my-key-ring' },
  },
  driver: { label: 'driver', keys: { name: 'my-driver', config: {} } },
};

function skeletons(context: RuleContext, node: NodeView): readonly Fix[] {
  return Object.entries(SKELETONS).flatMap(([type, { label, keys }]) =>
    insertFix(context, node.section, { kms: { type, ...keys } }, `Add a 'kms' section (${label})`),
  );
}
