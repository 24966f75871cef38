import type { ConfigChange } from '../../edits/edit-config';
import type { HoconObject } from '../../edits/hocon-text';
import { listVault, liveness } from '../console/lines';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { editSteps, noReturn, step } from '../steps';
import { hasEncryption } from './envelope';
import { type KmsSettings, schemeReasons } from './provider';
import { readiness } from './requirements';
import { firstStart } from './restart';

/** Why this node cannot begin with external keys. */
export function externalReasons(facts: Facts, provider: string): readonly string[] {
  const { target } = facts;
  if (option(facts, 'state') === 'existing' || hasEncryption(facts)) {
    const why = hasEncryption(facts) ? 'uses envelope encryption' : 'has been started before';
    return [
      `${target.id} ${why}: it has keys and an identity of its own, which \`provider = kms\` does not move into the KMS; it could no longer sign. Migrate instead, with \`migrate-export-keys\` or \`migrate-transfer-assets\`.`,
    ];
  }
  return schemeReasons(facts, provider);
}

/** The settings that put the keys into the KMS; `private-key-store` would have no effect beside them. */
export function externalChanges(facts: Facts, { section }: KmsSettings, init: HoconObject = {}): ConfigChange[] {
  const node = facts.target.path;
  return [
    { kind: 'set', path: [...node, 'crypto'], value: { provider: 'kms', kms: section } },
    ...(Object.keys(init).length === 0 ? [] : [{ kind: 'set', path: [...node, 'init'], value: init } as const]),
    ...leftOver(facts),
  ];
}

function leftOver({ target }: Facts): ConfigChange[] {
  const store = target.crypto?.entries.get('private-key-store');
  const path = [...target.path, 'crypto', 'private-key-store'];
  return store === undefined ? [] : [{ kind: 'remove', path, otherwise: { encryption: null } }];
}

/**
 * Procedure (d): external keys on a new node, made by Canton.
 * Source: `kms/mode/external_key_storage.rst` 3.5, main; `AwsKms.scala`, `GcpKms.scala` 3.5.
 */
export function externalOutcome(facts: Facts, settings: KmsSettings): Outcome {
  const edit = editSteps(
    facts,
    'Put the keys into the KMS',
    'Canton uses the KMS for every key.',
    externalChanges(facts, settings),
  );
  if (edit === undefined) return { reasons: [`No file at hand can take the settings of ${facts.target.id}.`] };
  const access = { mode: 'external', creates: true } as const;
  return {
    warnings: [newNodeWarning(facts), hotPath(facts)],
    steps: [
      isNewNode(facts),
      step('confirm', 'The KMS is ready', readiness(facts, settings.provider, access)),
      ...(is2x(facts) ? [] : [rootKey()]),
      ...edit.forward,
      firstStart(facts, 'Canton makes its keys in the KMS and initialises its identity.'),
      verification(facts),
      record(facts),
      join(facts),
    ],
    rollback: startOver(facts, edit.back),
  };
}

export function newNodeWarning({ target }: Facts): string {
  return `Only for a new node: if ${target.name} has ever been started with other keys, it cannot sign any more.`;
}

export function hotPath({ target }: Facts): string {
  return `Every signature of ${target.name} becomes a call to the KMS, at start and in operation.`;
}

export function isNewNode({ target }: Facts): Step {
  return step('confirm', 'The node is new', `${target.name} has never been started: its database is empty.`);
}

function rootKey(): Step {
  return step(
    'confirm',
    'Decide about the root key',
    'With `init.generate-intermediate-key = true` Canton also makes an intermediate namespace key, so that access to the root key can be taken away later. It counts at the first start only.',
  );
}

/** 2.10 does not tell the KMS ids of keys (`PrivateKeyMetadata.scala` 2.10). */
function verification(facts: Facts): Step {
  const { ref } = facts;
  if (is2x(facts)) {
    return step('verify', 'Verify', 'The keys are listed, and the KMS shows as many new ones.', [
      listVault(facts),
      `${ref}.health.status`,
    ]);
  }
  const all = `${ref}.keys.secret.list().forall(_.kmsKeyId.isDefined)`;
  return step('verify', 'Verify', 'Every key has a KMS key id.', [all, listVault(facts), `${ref}.health.status`]);
}

export function record(facts: Facts): Step {
  const fields = is2x(facts) ? 'k.name, k.id.unwrap, k.purpose' : 'k.name, k.id.unwrap, k.kmsKeyId, k.purpose';
  return step(
    'backup',
    'Keep the table of keys',
    'Store this table outside of the database: after a restore the keys are registered again with it.',
    [`${facts.ref}.keys.secret.list().map(k => (${fields}))`],
  );
}

/** How a node gets onto a synchronizer or domain, after which its keys are known to others. */
export function join(facts: Facts): Step {
  const { kind } = facts;
  const place = is2x(facts) ? 'domain' : 'synchronizer';
  if (kind === 'participant') {
    const text = `Connect to the ${place} as usual, then check that transactions go through. From here on others know the keys.`;
    return noReturn(step('console', `Connect to the ${place}`, text, liveness(facts)));
  }
  const how = is2x(facts)
    ? 'Bootstrap the domain as usual.'
    : 'Bootstrap the synchronizer with static parameters of a KMS node (`StaticSynchronizerParameters.defaults(<node>.config.crypto, …)`), or assign the node to its synchronizer as usual.';
  return noReturn(step('external', 'Onboard the node', `${how} From here on others know the keys.`));
}

export function startOver(facts: Facts, back: readonly Step[]): Step[] {
  const text = `Before the node is connected or onboarded: stop ${facts.target.name}, empty its database, and delete the new keys with the tools of the provider. Afterwards there is no way back in place; see \`change-provider\`.`;
  return [step('external', 'Start over', text), ...back];
}
