import { counted } from '../../text/counted';
import { markdownFence } from '../../text/encoders/markdown';
import { scalaIdentifier, scalaString } from '../../text/encoders/scala';
import { connectOnce, listVault, liveness } from '../console';
import type { Facts } from '../facts';
import type { Step } from '../plan';
import { condition, type GuardedLine, noReturn, step } from '../steps';
import { firstKeys, type KeyKind, NAMESPACE_KEY, SIGNING_KEY } from './key-kinds';
import { domainManager } from './topology-2x';

/*
 * Registration of own keys in 2.x, procedure (e). Source: `topology/TopologyManagementHelper.scala` of 2.10.1, which
 * the pages `external_key_storage/external_key_storage_*.rst` quote. Differences from it: completed commands are not
 * repeated, and the unique identifier is queried from the node instead of taken from the command, so that a script can
 * be run again; a key is announced with its own purpose, which is `KeyPurpose.Signing` for these.
 */

/** Sequencers and mediators get theirs from the domain manager. */
export function hasIdentity2x({ kind }: Facts): boolean {
  return kind !== 'sequencer' && kind !== 'mediator';
}

/** @param register the line that registers a key */
export function registration2x(facts: Facts, register: (key: KeyKind) => GuardedLine): Step[] {
  const keys = firstKeys(facts.kind, facts.version);
  const others = keys.filter((key) => key !== NAMESPACE_KEY);
  if (facts.kind === 'domain manager') {
    return [
      step('console', 'Initialize the identity', `${NAMES} The next step registers the signing key. ${PARAMETERS}`, [
        register(NAMESPACE_KEY),
        initId(facts),
        rootDelegation(facts),
        ...parameters(facts),
      ]),
      step(
        'console',
        'Announce the signing key',
        'The domain manager announces its own key here. `bootstrap_domain` announces the keys of the other nodes.',
        [register(SIGNING_KEY), ...announce(facts, SIGNING_KEY, ['DomainTopologyManagerId(uid)'])],
      ),
      registered(facts, keys),
    ];
  }
  const early = hasIdentity2x(facts)
    ? ''
    : ' Do this before the domain is bootstrapped; otherwise Canton generates keys.';
  return [
    step('console', 'Register the keys', `${NAMES}${early}`, keys.map(register)),
    registered(facts, keys),
    ...(facts.kind === 'participant' ? [participantIdentity(facts, others)] : []),
    ...(facts.kind === 'domain' ? [domainIdentity(facts)] : []),
  ];
}

const NAMES =
  'Register the keys under the names that Canton would use, so that they can be registered again after a restore.';
const PARAMETERS =
  'The script reads the protocol version from the configuration of the node. In a remote console, write `com.digitalasset.canton.version.ProtocolVersion.tryCreate("5")` instead, with your version.';

function registered(facts: Facts, keys: readonly KeyKind[]): Step {
  return step(
    'verify',
    'The keys are registered',
    `It lists ${counted(keys.length, 'key')}. Canton may store them with a short delay: continue when all are listed.`,
    [listVault(facts)],
  );
}

/** If the ID were set before the root delegation, the packages of the admin workflows would have to be vetted manually. */
function participantIdentity(facts: Facts, keys: readonly KeyKind[]): Step {
  const { ref } = facts;
  // The encryption key first, as in the source.
  const lines = [...keys].reverse().flatMap((key) => announce(facts, key, [`${ref}.id`]));
  return step(
    'console',
    'Initialize the identity',
    'The namespace key delegates to itself first. If the ID were set before that, you would have to vet the packages of the admin workflows yourself.',
    [rootDelegation(facts), initId(facts), ...lines, `${ref}.health.wait_for_initialized()`],
  );
}

/** A domain needs its ID first. */
function domainIdentity(facts: Facts): Step {
  const { ref } = facts;
  return step(
    'console',
    'Initialize the identity',
    `The signing key is announced for the domain manager, the sequencer and the mediator of the domain. ${PARAMETERS}`,
    [
      initId(facts),
      rootDelegation(facts),
      ...parameters(facts),
      ...announce(facts, SIGNING_KEY, ['DomainTopologyManagerId(uid)', 'SequencerId(uid)', 'MediatorId(uid)']),
      {
        code: `${ref}.topology.mediator_domain_states.authorize(ops = TopologyChangeOp.Add, domain = ${ref}.id, mediator = MediatorId(uid), side = RequestSide.Both)`,
        done: `${ref}.topology.mediator_domain_states.list(filterStore = "Authorized").nonEmpty`,
      },
      { code: `${ref}.health.initialized()`, until: `${ref}.health.initialized()` },
    ],
  );
}

function initId({ ref, target }: Facts): GuardedLine {
  return {
    code: `${ref}.topology.init_id(identifier = Identifier.tryCreate(${scalaString(target.name)}), fingerprint = namespaceKey.fingerprint)`,
    done: `scala.util.Try(${ref}.id).isSuccess`,
  };
}

function rootDelegation({ ref }: Facts): GuardedLine {
  return {
    code: `${ref}.topology.namespace_delegations.authorize(ops = TopologyChangeOp.Add, namespace = namespaceKey.fingerprint, authorizedKey = namespaceKey.fingerprint, isRootDelegation = true)`,
    done: `${ref}.topology.namespace_delegations.list(filterStore = "Authorized", filterTargetKey = Some(namespaceKey.fingerprint)).nonEmpty`,
  };
}

function parameters({ ref }: Facts): GuardedLine[] {
  const changes = `${ref}.topology.domain_parameters_changes`;
  return [
    { code: `val uid = ${ref}.id.uid`, value: 'query' },
    { code: `val protocolVersion = ${ref}.config.init.domainParameters.initialProtocolVersion`, value: 'query' },
    {
      code: `${changes}.authorize(domainId = DomainId(uid), newParameters = com.digitalasset.canton.admin.api.client.data.DynamicDomainParameters.defaultValues(protocolVersion), protocolVersion = protocolVersion)`,
      done: `${changes}.list(filterStore = "Authorized").nonEmpty`,
    },
  ];
}

/** The mapping of a key to each owner. */
function announce({ ref }: Facts, { variable }: KeyKind, owners: readonly string[]): GuardedLine[] {
  const mappings = `${ref}.topology.owner_to_key_mappings`;
  const has = (owner: string) =>
    `${mappings}.list(filterStore = "Authorized").exists(r => r.item.owner == ${owner} && r.item.key.fingerprint == ${variable}.fingerprint)`;
  const authorize = (owner: string) =>
    `${mappings}.authorize(ops = TopologyChangeOp.Add, keyOwner = ${owner}, key = ${variable}.fingerprint, purpose = ${variable}.purpose)`;
  const [first = ''] = owners;
  if (owners.length === 1) return [{ code: authorize(first), done: has(first) }];
  return [
    {
      code: `Seq[Member](${owners.join(', ')}).filterNot(owner => ${has('owner')}).foreach(owner => ${authorize('owner')})`,
    },
  ];
}

/** The connection of a 2.x node to a domain, after which other nodes know its keys. */
export function join2x(facts: Facts, isExternal: boolean): Step[] {
  const { kind, ref } = facts;
  const last = isExternal ? noReturn : (of: Step) => of;
  if (kind === 'participant' || kind === 'domain') {
    const text =
      kind === 'domain'
        ? 'Participants may connect now. From now on, other nodes know the keys.'
        : 'Connect to the domain as usual, then check that transactions succeed. From now on, other nodes know the keys.';
    const lines = kind === 'participant' ? [connectOnce(facts), ...liveness(facts)] : liveness(facts);
    return [last(step('console', 'Connect to the domain', text, lines))];
  }
  return [
    ...(kind === 'domain manager' && isExternal ? [keysOfOthers(facts)] : []),
    last(bootstrap(facts)),
    step('verify', 'The node is onboarded', '', [`${ref}.health.wait_for_initialized()`, ...liveness(facts)]),
  ];
}

/** The nodes with which the domain manager bootstraps the domain: those of the launch set, or placeholders. */
function members(facts: Facts, kind: 'sequencers' | 'mediators'): readonly string[] {
  const all = [facts.target, ...facts.others].filter((node) => node.kind === kind);
  const refs = all.flatMap(({ name }) => scalaIdentifier(name) ?? []);
  return refs.length === 0 ? [`<${kind.slice(0, -1)}>`] : refs;
}

function keysOfOthers(facts: Facts): Step {
  const lines = (['sequencers', 'mediators'] as const).flatMap((kind) =>
    members(facts, kind).map((ref) => {
      const name = ref.replace(/[`<>]/g, '');
      return `${ref}.keys.secret.register_kms_signing_key("<KMS key ID of the signing key of ${name}>", name = "${name}-signing")`;
    }),
  );
  return step(
    'external',
    'Register the keys of sequencer and mediator',
    `If these nodes also use your own keys, run \`register-keys\` on each of them before the domain is bootstrapped; otherwise Canton generates keys. In short:\n\n${markdownFence('scala', lines.join('\n'))}`,
  );
}

/** Needed once per domain, in the plan that is run first. */
function bootstrap(facts: Facts): Step {
  const manager = domainManager(facts);
  const line = `${manager}.setup.bootstrap_domain(Seq(${members(facts, 'sequencers').join(', ')}), Seq(${members(facts, 'mediators').join(', ')}))`;
  const title = 'Bootstrap the domain';
  const text =
    'The domain manager bootstraps the domain once, when all its nodes run and your own keys are registered on them. From now on, other nodes know the keys.';
  // Another node may not be in this console, and its own plan has the line.
  if (facts.kind !== 'domain manager' && manager.startsWith('<')) {
    return step('external', title, `${text}\n\n${markdownFence('scala', line)}`);
  }
  return step('console', title, text, [
    { code: line, done: `${manager}.health.initialized()` },
    `${manager}.health.wait_for_initialized()`,
    condition('the domain manager is initialized', `${manager}.health.initialized()`),
  ]);
}
