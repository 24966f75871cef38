import { type CantonVersion, versionsSince } from '../../../schemas/version';
import type { KmsMode } from '../../../server/src/model/facts/nodes';
import { MANAGED } from './plan-network';

export interface Case {
  readonly name: string;
  readonly procedure: string;
  /** The name of a participant, or `sequencers.s1`. */
  readonly node: string;
  /** The versions, if not all. */
  readonly versions?: readonly CantonVersion[];
  readonly options: Readonly<Record<string, string>>;
  /** Nodes of 2.x in place of the usual ones. */
  readonly domains?: string;
  /** The mode of the node after the edits. */
  readonly mode: KmsMode;
}

const AWS = { provider: 'aws', 'set.region': 'us-east-1' };
const GCP = { provider: 'gcp', 'set.location-id': 'global', 'set.project-id': 'ledger', 'set.key-ring-id': 'ring' };
const OLD = `1220${'ab'.repeat(32)}`;
const ARN = 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';
export const X = '2.10';
const FROM_3 = versionsSince('3.3');

export const CASES: readonly Case[] = [
  {
    name: 'configure-envelope',
    procedure: 'configure',
    node: 'fresh',
    options: { ...AWS, mode: 'envelope' },
    mode: 'envelope',
  },
  {
    name: 'configure-external',
    procedure: 'configure',
    node: 'fresh',
    options: { ...GCP, mode: 'external', state: 'new' },
    mode: 'external',
  },
  {
    name: 'enable-envelope',
    procedure: 'enable-envelope',
    node: 'fresh',
    options: { ...GCP, state: 'existing', 'wrapper-key-id': 'fresh-wrapper' },
    mode: 'envelope',
  },
  { name: 'enable-envelope-again', procedure: 'enable-envelope', node: 'reverted', options: {}, mode: 'envelope' },
  { name: 'revert-envelope', procedure: 'revert-envelope', node: 'wrapped', options: {}, mode: 'none' },
  { name: 'revert-envelope-clean-up', procedure: 'revert-envelope', node: 'reverted', options: {}, mode: 'none' },
  {
    name: 'enable-external',
    procedure: 'enable-external',
    node: 'fresh',
    options: { provider: 'driver', 'set.name': 'vault-kms', 'set.config': '{ address = "https://vault:8200" }' },
    mode: 'external',
  },
  {
    name: 'register-keys',
    procedure: 'register-keys',
    node: 'fresh',
    options: { ...AWS, 'set.namespace-key-id': 'alias/ns' },
    mode: 'external',
  },
  { name: 'migrate-export-keys', procedure: 'migrate-export-keys', node: 'fresh', options: GCP, mode: 'external' },
  {
    name: 'migrate-transfer-assets',
    procedure: 'migrate-transfer-assets',
    node: 'wrapped',
    options: { provider: 'aws' },
    mode: 'envelope',
  },
  { name: 'change-provider-decrypt', procedure: 'change-provider', node: 'wrapped', options: GCP, mode: 'none' },
  { name: 'change-provider-encrypt', procedure: 'change-provider', node: 'reverted', options: GCP, mode: 'envelope' },
  {
    name: 'change-provider-external',
    procedure: 'change-provider',
    node: 'outside',
    options: { provider: 'driver', 'set.name': 'vault-kms' },
    mode: 'external',
  },
  {
    name: 'leave-external',
    procedure: 'change-provider',
    node: 'outside',
    options: { provider: 'none' },
    mode: 'none',
  },
  { name: 'rotate-wrapper-key', procedure: 'rotate-wrapper-key', node: 'wrapped', options: {}, mode: 'envelope' },
  {
    name: 'rotate-wrapper-key-own',
    procedure: 'rotate-wrapper-key',
    node: 'wrapped',
    options: { 'new-key-id': 'alias/wrapped-2' },
    mode: 'envelope',
  },
  {
    name: 'rotate-external-keys-all',
    procedure: 'rotate-external-keys',
    node: 'outside',
    options: {},
    mode: 'external',
  },
  {
    name: 'rotate-external-keys-own',
    procedure: 'rotate-external-keys',
    node: 'outside',
    options: { fingerprint: OLD, 'new-key-id': 'signing-2' },
    mode: 'external',
  },
  { name: 'delete-keys', procedure: 'delete-keys', node: 'outside', options: { fingerprint: OLD }, mode: 'external' },
  {
    name: 'delete-keys-disable',
    procedure: 'delete-keys',
    node: 'outside',
    options: { fingerprint: OLD, 'set.stage': 'disable' },
    mode: 'external',
  },
  {
    name: 'enable-session-signing-keys',
    procedure: 'enable-session-signing-keys',
    node: 'outside',
    options: {},
    mode: 'external',
  },
  // Other kinds of nodes.
  ...[
    ['sequencer', 'sequencers.seq'],
    ['mediator', 'mediators.med'],
  ].flatMap(([kind, node = '']): Case[] => [
    {
      name: `enable-envelope-${kind}`,
      procedure: 'enable-envelope',
      node,
      options: { ...AWS, state: 'new' },
      mode: 'envelope',
    },
    {
      name: `register-keys-${kind}`,
      procedure: 'register-keys',
      node,
      options: { ...GCP, 'set.signing-key-id': 'sig' },
      mode: 'external',
    },
  ]),
  {
    name: 'enable-external-sequencer',
    procedure: 'enable-external',
    node: 'sequencers.seq',
    options: { ...AWS, 'set.generate-intermediate-key': 'no' },
    mode: 'external',
  },
  {
    name: 'register-keys-domain',
    procedure: 'register-keys',
    node: 'domains.dom',
    versions: [X],
    options: AWS,
    mode: 'external',
  },
  {
    name: 'register-keys-domain-manager',
    procedure: 'register-keys',
    node: 'domain-managers.dm',
    versions: [X],
    options: AWS,
    mode: 'external',
  },
  {
    name: 'rotate-external-keys-sequencer',
    procedure: 'rotate-external-keys',
    node: 'sequencers.seqkms',
    options: {},
    mode: 'external',
  },
  {
    name: 'delete-keys-sequencer',
    procedure: 'delete-keys',
    node: 'sequencers.seqkms',
    options: {},
    mode: 'external',
  },
  // Of 2.x alone: single keys through the domain manager, and nodes that 3.x does not have.
  ...(
    [
      [
        'rotate-external-keys-sequencer-own',
        'rotate-external-keys',
        'sequencers.seqkms',
        { fingerprint: OLD, 'new-key-id': 'alias/s2' },
      ],
      [
        'rotate-external-keys-sequencer-pause',
        'rotate-external-keys',
        'sequencers.seqkms',
        { 'set.key': 'signing', 'set.pause': 'yes' },
      ],
      ['rotate-external-keys-domain', 'rotate-external-keys', 'domains.domkms', {}],
      [
        'rotate-external-keys-domain-own',
        'rotate-external-keys',
        'domains.domkms',
        { 'set.key': 'signing', 'new-key-id': 'alias/s2' },
      ],
      ['rotate-external-keys-domain-manager', 'rotate-external-keys', 'domain-managers.dmkms', {}],
      [
        'rotate-external-keys-domain-manager-intermediate',
        'rotate-external-keys',
        'domain-managers.dmkms',
        { 'set.key': 'intermediate-namespace', fingerprint: OLD },
      ],
      ['delete-keys-domain', 'delete-keys', 'domains.domkms', { fingerprint: OLD }],
      ['delete-keys-domain-manager', 'delete-keys', 'domain-managers.dmkms', { fingerprint: OLD }],
      ['restore-keys-sequencer', 'restore-keys', 'sequencers.seqkms', {}],
    ] as const
  ).map(
    ([name, procedure, node, options]): Case => ({
      name,
      procedure,
      node,
      versions: [X],
      options,
      ...(node.includes('dmkms') && { domains: MANAGED }),
      mode: 'external',
    }),
  ),
  { name: 'delete-keys-clear', procedure: 'delete-keys', node: 'fresh', options: {}, mode: 'none' },
  // Keys of another account.
  {
    name: 'enable-envelope-foreign-key',
    procedure: 'enable-envelope',
    node: 'fresh',
    options: { provider: 'aws', 'set.region': 'eu-central-1', 'wrapper-key-id': ARN },
    mode: 'envelope',
  },
  {
    name: 'register-keys-foreign',
    procedure: 'register-keys',
    node: 'fresh',
    options: {
      provider: 'aws',
      'set.region': 'eu-central-1',
      'set.namespace-key-id': ARN,
      'set.intermediate-key-id': ARN.replace('1234abcd', 'abcd1234'),
    },
    mode: 'external',
  },
  {
    name: 'rotate-external-keys-foreign',
    procedure: 'rotate-external-keys',
    node: 'amazon',
    options: { 'set.key': 'signing', fingerprint: OLD, 'new-key-id': ARN },
    mode: 'external',
  },
  // Variants of a rotation.
  {
    name: 'rotate-wrapper-key-multi-region',
    procedure: 'rotate-wrapper-key',
    node: 'wrapped',
    options: { 'set.multi-region-key': 'true' },
    mode: 'envelope',
  },
  {
    name: 'rotate-external-keys-one',
    procedure: 'rotate-external-keys',
    node: 'outside',
    options: { 'set.key': 'encryption', fingerprint: OLD },
    mode: 'external',
  },
  {
    name: 'rotate-external-keys-pause',
    procedure: 'rotate-external-keys',
    node: 'outside',
    options: { 'set.key': 'signing', fingerprint: OLD, 'new-key-id': 'signing-2', 'set.pause': 'yes' },
    mode: 'external',
  },
  {
    name: 'rotate-external-keys-spec',
    procedure: 'rotate-external-keys',
    node: 'amazon',
    options: { 'set.key': 'signing', 'set.key-spec': 'ec-p-384', 'set.multi-region-key': 'true' },
    mode: 'external',
  },
  {
    name: 'rotate-external-keys-intermediate',
    procedure: 'rotate-external-keys',
    node: 'outside',
    options: { 'set.key': 'intermediate-namespace', fingerprint: OLD },
    mode: 'external',
  },
  {
    name: 'rotate-external-keys-root',
    procedure: 'rotate-external-keys',
    node: 'outside',
    options: { 'set.key': 'root-namespace' },
    mode: 'external',
  },
  // Variants of a migration.
  {
    name: 'migrate-export-keys-aws',
    procedure: 'migrate-export-keys',
    node: 'fresh',
    options: { ...AWS, 'set.namespace-key-spec': 'ec-p-256' },
    mode: 'external',
  },
  {
    name: 'migrate-in-place-ed25519',
    procedure: 'migrate-export-keys',
    node: 'wrapped',
    options: { provider: 'aws', 'set.namespace-key-spec': 'ec-curve-25519' },
    mode: 'external',
  },
  {
    name: 'migrate-in-place-sequencer',
    procedure: 'migrate-export-keys',
    node: 'sequencers.seq',
    options: { ...AWS, 'set.namespace-key-spec': 'ec-p-256', 'set.signing-key-id': 'alias/sig' },
    mode: 'external',
  },
  ...['new-identifier', 'same-identifier', 'delegation'].map(
    (way): Case => ({
      name: `migrate-export-keys-${way}`,
      procedure: 'migrate-export-keys',
      node: 'fresh',
      options: { ...AWS, 'set.way': way, 'set.namespace-key-spec': 'ec-p-256' },
      mode: 'none',
    }),
  ),
  {
    name: 'migrate-delegation',
    procedure: 'migrate-transfer-assets',
    node: 'fresh',
    versions: FROM_3,
    options: { ...AWS, 'set.way': 'delegation' },
    mode: 'none',
  },
  {
    name: 'migrate-new-namespace',
    procedure: 'migrate-transfer-assets',
    node: 'fresh',
    versions: [X],
    options: { ...AWS, 'set.way': 'new-namespace' },
    mode: 'none',
  },
  ...['fresh', 'outside'].map(
    (node): Case => ({
      name: `migrate-to-3-${node}`,
      procedure: 'migrate-transfer-assets',
      node,
      versions: [X],
      options: { 'set.way': 'to-3' },
      mode: node === 'fresh' ? 'none' : 'external',
    }),
  ),
  {
    name: 'migrate-back',
    procedure: 'migrate-transfer-assets',
    node: 'outside',
    options: { provider: 'none' },
    mode: 'external',
  },
  {
    name: 'leave-envelope',
    procedure: 'change-provider',
    node: 'wrapped',
    options: { provider: 'none' },
    mode: 'none',
  },
  { name: 'isolate-root-key', procedure: 'isolate-root-key', node: 'amazon', options: {}, mode: 'external' },
  { name: 'restore-keys-clear', procedure: 'restore-keys', node: 'fresh', options: {}, mode: 'none' },
  {
    name: 'rotate-node-keys-clear',
    procedure: 'rotate-external-keys',
    node: 'wrapped',
    options: { 'set.key': 'signing', fingerprint: OLD },
    mode: 'envelope',
  },
  {
    name: 'failover-region',
    procedure: 'failover-region',
    node: 'amazon',
    options: { 'set.region': 'eu-west-1' },
    mode: 'external',
  },
  {
    name: 'failover-region-envelope',
    procedure: 'failover-region',
    node: 'wrapped',
    options: { 'set.region': 'eu-west-1' },
    mode: 'envelope',
  },
  {
    name: 'revert-envelope-lost',
    procedure: 'revert-envelope',
    node: 'wrapped',
    options: { 'set.wrapper-key': 'lost' },
    mode: 'none',
  },
  { name: 'restore-keys', procedure: 'restore-keys', node: 'outside', options: {}, mode: 'external' },
  {
    name: 'repair-skipped-message',
    procedure: 'repair-skipped-message',
    node: 'outside',
    versions: versionsSince('3.5'),
    options: { 'set.counter': '40' },
    mode: 'external',
  },
  {
    name: 'deploy-splice-aws',
    procedure: 'deploy-splice',
    node: 'fresh',
    options: { ...AWS, 'set.multi-region-key': 'true' },
    mode: 'none',
  },
  { name: 'deploy-splice-gcp', procedure: 'deploy-splice', node: 'fresh', options: GCP, mode: 'none' },
];
