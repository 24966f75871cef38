import type { HoconObject } from '../../edits/hocon-text';
import { counted } from '../../text/counted';
import { markdownFence } from '../../text/encoders/markdown';
import { scalaString } from '../../text/encoders/scala';
import { announcedHere, announcedKeys, connectOnce, listVault, liveness, stringOr, USAGE } from '../console';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import { type Answers, ask, type Question } from '../procedure';
import { type GuardedLine, noReturn, step } from '../steps';
import {
  AUTHENTICATION_KEY,
  ENCRYPTION_KEY,
  firstKeys,
  INTERMEDIATE_KEY,
  type KeyKind,
  NAMESPACE_KEY,
  SIGNING_KEY,
} from './key-kinds';
import { hasIdentity2x, join2x, registration2x } from './registration-2x';

/** The answers with the IDs of keys. */
export const KEY_IDS: Answers = Object.fromEntries(
  [NAMESPACE_KEY, INTERMEDIATE_KEY, AUTHENTICATION_KEY, SIGNING_KEY, ENCRYPTION_KEY].map((key) => [
    key.option,
    `KMS key ID of the ${key.what}`,
  ]),
);

export function idQuestions(facts: Facts): readonly Question[] {
  return keysOf(facts).map((key) =>
    ask(`set.${key.option}`, `KMS key ID of the ${key.what} (empty: enter it later)`, '', true),
  );
}

export function intermediateQuestion(facts: Facts): readonly Question[] {
  const { option: name, what } = INTERMEDIATE_KEY;
  return is2x(facts) ? [] : [ask(`set.${name}`, `KMS key ID of an ${what} (empty: none)`, '', true)];
}

/** The given IDs. */
export function givenIds(facts: Facts): (string | undefined)[] {
  return Object.keys(KEY_IDS).map((name) => idOf(facts, name));
}

function idOf(facts: Facts, name: string): string | undefined {
  return option(facts, `set.${name}`);
}

/** An intermediate namespace key follows the root key that delegates to it. */
function keysOf(facts: Facts): readonly KeyKind[] {
  const keys = firstKeys(facts.kind, facts.version);
  if (is2x(facts) || idOf(facts, INTERMEDIATE_KEY.option) === undefined) return keys;
  return keys.flatMap((key) => (key === NAMESPACE_KEY ? [key, INTERMEDIATE_KEY] : key));
}

/**
 * Prevents Canton from creating its own keys at the first start (`InitConfig.scala` 3.3 to main; `CantonConfig.scala`
 * 2.10).
 */
export function manualInit(facts: Facts): HoconObject {
  if (!is2x(facts)) return { 'generate-topology-transactions-and-keys': false, identity: { type: 'manual' } };
  return hasIdentity2x(facts) ? { 'auto-init': false } : {};
}

/**
 * Registers the keys and initializes the identity.
 * @param ref the node in the console, `name` in its configuration
 * @param identifier the name in its identity, by default that of the configuration
 */
export function registration(facts: Facts, ref: string, name: string, identifier: string = scalaString(name)): Step[] {
  if (is2x(facts)) return registration2x(facts, (key) => registerLine(facts, ref, name, key));
  const keys = keysOf(facts);
  const register = step(
    'console',
    'Register the keys',
    'Register them under the names that Canton would use, so that they can be registered again after a restore.',
    [
      { code: `${ref}.health.wait_for_ready_for_id()`, done: hasId(ref) },
      ...keys.map((key) => registerLine(facts, ref, name, key)),
    ],
  );
  const check = step(
    'verify',
    'The keys are registered',
    `It lists ${counted(keys.length, 'key')}. Canton may store them with a short delay: continue when all are listed.`,
    [listVault(facts, ref)],
  );
  const others = keys.filter((key) => !isNamespaceKey(key)).map((key) => key.variable);
  return [
    register,
    check,
    step(
      'console',
      'Initialize the identity',
      'The namespace key delegates to itself, and the other keys are announced together. This fails if the node may not sign with one of the keys.',
      [
        'val namespace = Namespace(namespaceKey.id)',
        {
          code: `${ref}.topology.init_id_from_uid(UniqueIdentifier.tryCreate(${identifier}, namespace))`,
          done: hasId(ref),
        },
        { code: `${ref}.health.wait_for_ready_for_node_topology()`, done: isDelegated(ref, 'namespaceKey') },
        {
          code: `${ref}.topology.namespace_delegations.propose_delegation(namespace, namespaceKey, CanSignAllMappings)`,
          done: isDelegated(ref, 'namespaceKey'),
        },
        ...(keys.includes(INTERMEDIATE_KEY)
          ? [
              {
                code: `${ref}.topology.namespace_delegations.propose_delegation(namespace, ${INTERMEDIATE_KEY.variable}, CanSignAllButNamespaceDelegations)`,
                done: isDelegated(ref, INTERMEDIATE_KEY.variable),
              },
            ]
          : []),
        {
          code: `${ref}.topology.owner_to_key_mappings.add_keys(Seq(${others.join(', ')}).map(k => (k.fingerprint, k.purpose)))`,
          done: `${ref}.topology.owner_to_key_mappings.list(store = Some(TopologyStoreId.Authorized), filterKeyOwnerUid = ${ref}.id.filterString).nonEmpty`,
        },
        `${ref}.health.${facts.kind === 'participant' ? 'wait_for_initialized' : 'wait_for_ready_for_initialization'}()`,
      ],
    ),
    step('verify', 'The identity is announced', `It lists the ${others.length} keys that are not namespace keys.`, [
      announcedKeys({ ...facts, ref }),
    ]),
  ];
}

export function hasId(ref: string): string {
  return `scala.util.Try(${ref}.id).isSuccess`;
}

function isDelegated(ref: string, key: string): string {
  return `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(${key}.fingerprint)).nonEmpty`;
}

function isNamespaceKey(key: KeyKind): boolean {
  return key === NAMESPACE_KEY || key === INTERMEDIATE_KEY;
}

function registerLine(
  facts: Facts,
  ref: string,
  nodeName: string,
  { option: from, variable, what, name, usage }: KeyKind,
): GuardedLine {
  const id = stringOr(idOf(facts, from), `KMS key ID of the ${what}`);
  const named = `name = ${scalaString(`${nodeName}-${name}`)}`;
  if (usage === undefined) {
    return {
      code: `val ${variable} = ${ref}.keys.secret.register_kms_encryption_key(${id}, ${named})`,
      value: 'encryption-key',
    };
  }
  const args = is2x(facts) ? `${id}, ${named}` : `${id}, ${usage}, ${named}`;
  return { code: `val ${variable} = ${ref}.keys.secret.register_kms_signing_key(${args})`, value: 'signing-key' };
}

/**
 * The connection of a node to a synchronizer, after which other nodes know its keys. Source: `ConsoleMacros.scala` 3.3
 * to main.
 * @param isExternal whether the keys are in the KMS, which they cannot leave from then on
 */
export function join(facts: Facts, isExternal = true): Step[] {
  if (is2x(facts)) return join2x(facts, isExternal);
  const last = isExternal ? noReturn : (of: Step) => of;
  if (facts.kind === 'participant') {
    const text =
      'Connect to the synchronizer as usual, then check that transactions succeed. From now on, other nodes know the keys.';
    return [last(step('console', 'Connect to the synchronizer', text, [connectOnce(facts), ...liveness(facts)]))];
  }
  return [
    last(step('external', 'Onboard the node', onboarding(facts))),
    step('verify', 'The node is onboarded', '', [`${facts.ref}.health.wait_for_initialized()`, ...liveness(facts)]),
  ];
}

/** Runs in the console of the owners, which has references to all nodes. */
function onboarding(facts: Facts): string {
  const { ref, kind } = facts;
  const [sequencer, mediator] = kind === 'sequencer' ? [ref, '<mediator>'] : ['<sequencer>', ref];
  const bootstrap = `bootstrap.synchronizer("<name>", sequencers = Seq(${sequencer}), mediators = Seq(${mediator}), synchronizerOwners = Seq(<owner>), synchronizerThreshold = PositiveInt.one, staticSynchronizerParameters = StaticSynchronizerParameters.defaults(${ref}.config.crypto, ProtocolVersion.latest))`;
  const assign =
    kind === 'sequencer'
      ? `${ref}.setup.assign_from_onboarding_state(<onboarding state>)`
      : `${ref}.setup.assign(<synchronizer id>, <sequencer connections>)`;
  return `Run this in the console of the owners of the synchronizer. Bootstrap a new synchronizer, whose parameters must fit the KMS, with the node:\n\n${markdownFence('scala', bootstrap)}\n\nAdd the node to an existing synchronizer:\n\n${markdownFence('scala', assign)}\n\nFrom now on, other nodes know the keys.`;
}

/** The file with the keys that a node has in the KMS: usage, KMS key ID, name and fingerprint, separated by tabs. */
export function tableOf({ target }: Facts): string {
  return `${target.name.replace(/[^\w.-]/g, '_')}-keys.tsv`;
}

/** Keys are only added to it, so it also has those that were replaced; the keys in use come last. */
export function record(facts: Facts, isExternal = true): Step {
  const { ref } = facts;
  if (is2x(facts) || !isExternal) {
    const ids = isExternal ? ' Canton 2.x does not show the KMS key IDs: add them.' : '';
    return step('backup', 'Keep the table of keys', `${TABLE}${ids}`, [listVault(facts)]);
  }
  return step(
    'backup',
    'Keep the table of keys',
    `${TABLE} The script adds the keys to \`${tableOf(facts)}\`, from which \`restore-keys\` reads them: usage, KMS key ID, name and fingerprint, separated by tabs.`,
    [
      { code: `val table = better.files.File(${scalaString(tableOf(facts))})`, value: 'query' },
      `${ref}.keys.secret.list().filter(_.kmsKeyId.isDefined).sortBy(k => ${announcedHere(facts)}.exists(_.id == k.id)).map(k => Seq(${USAGE}, k.kmsKeyId.fold("")(_.unwrap), k.name.fold("")(_.unwrap), k.id.unwrap).mkString("\\t")).filterNot(row => table.exists && table.lines.exists(_ == row)).foreach(row => table.appendLine(row))`,
      listVault(facts),
    ],
  );
}

const TABLE =
  'Store this table outside the database, with the date. After a restore, every key that was announced since the backup is registered again from it.';

export function startOver(facts: Facts, back: readonly Step[]): Step[] {
  const text = `Possible until the node is connected or onboarded: stop ${facts.target.name}, empty its database, and delete the new keys with the tools of the provider. ${leaving(facts)}`;
  return [step('external', 'Start over', text), ...back];
}

/** In 2.x, keys that are in use cannot leave the KMS. */
function leaving(facts: Facts): string {
  if (!is2x(facts)) return 'After that, plan `change-provider`.';
  return facts.kind === 'participant'
    ? 'After that, plan `migrate-transfer-assets` with a new participant.'
    : 'After that, only a new domain can have other keys.';
}
