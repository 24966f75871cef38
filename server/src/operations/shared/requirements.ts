import { isKmsType, type KmsType, kmsTypeFacts, kmsTypeOrDriver } from '../../../../schemas/kms-types';
import { KMS_PERMISSIONS, namesOf, usesOf } from '../../model/facts/kms-permissions';
import { type Facts, is2x, isAtLeast, option, textAt } from '../facts';
import type { Step } from '../plan';
import { step } from '../steps';
import { accountsOf } from './keys';

export interface Access {
  readonly mode: 'envelope' | 'external';
  /** True if Canton creates the keys itself. */
  readonly creates: boolean;
  /** The known IDs of keys that the operator creates. */
  readonly keyIds?: readonly (string | undefined)[];
}

/** The permissions of the node's identity at the provider: ``The identity of the node needs these permissions: `kms:Sign`.`` or nothing. */
export function allowed({ target }: Facts, provider: string, { mode, creates, keyIds = [] }: Access): string {
  const list = isKmsType(provider) ? KMS_PERMISSIONS[provider] : [];
  const use = quoted(namesOf(list, mode, ...usesOf(target.id)));
  if (use === '') return '';
  const all = creates ? `${use}, ${quoted(namesOf(list, mode, 'create', 'look'))}` : use;
  const accounts = accountsOf(keyIds).join(', ');
  const foreign =
    accounts === ''
      ? ''
      : ` If account ${accounts} is not its own, the policy of each key there must also allow ${use}. Canton cannot create keys there.`;
  return `The identity of the node needs these permissions: ${all}.${foreign}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

const DRIVER: KmsType = 'driver';

/** The conditions for the KMS before the node is started. */
export function kmsReady(facts: Facts, provider: string, access: Access, title = 'The KMS is ready'): Step[] {
  const actions = allowed(facts, provider, access);
  const text = `The process of ${facts.target.name} can reach the KMS and has ${kmsTypeFacts(kmsTypeOrDriver(provider)).credentials}.`;
  const ready = step('confirm', title, actions === '' ? text : `${text}\n\n${actions}`);
  return provider === DRIVER ? [driverSetUp(facts), ready] : [ready];
}

/**
 * Procedure (q). Source: `kms_driver_guide.rst`, `kms_driver_config.rst` main; `bin/canton` 3.5; release notes 2.9.1,
 * 3.4.4.
 */
function driverSetUp(facts: Facts): Step {
  const name = option(facts, 'set.name') ?? textAt(facts, 'crypto', 'kms', 'name');
  const main = `com.digitalasset.canton.${is2x(facts) ? 'CantonEnterpriseApp' : 'CantonCommunityApp'}`;
  const built =
    'A driver that was built for Canton 3.4.3 or older supports neither Ed25519 nor P-256 encryption keys until it is rebuilt.';
  const age = is2x(facts) ? 'Drivers require Canton 2.9.1 or later.' : isAtLeast(facts, '3.4') ? built : undefined;
  return step(
    'external',
    'Set up the driver',
    [
      '- The driver passes `KmsDriverTest` and `KmsDriverFactoryTest` of `kms-driver-testing` against this KMS.',
      `- Its JAR file is on the class path: \`EXTRA_CLASSPATH=driver.jar\` before \`bin/canton\`, or \`java -cp driver.jar:canton.jar ${main}\`. \`java -jar\` ignores the class path.`,
      `- ${name === undefined ? '`kms.name`' : `\`${name}\``} is the name that its factory reports; with another name, the node does not start (\`Driver … not found\`). Canton passes all of \`kms.config\` to the driver.`,
      ...(age === undefined ? [] : [`- ${age}`]),
    ].join('\n'),
  );
}
