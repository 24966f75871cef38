import { providerDefault } from '../../../schemas/schemes';
import { type CantonVersion, compareVersions, type Edition } from '../../../schemas/version';
import type { EditableConfig } from '../edits/insertion-point';
import { type ConfigValue, entryAt } from '../hocon/values/config-value';
import { booleanAt, textAt as boundText, textsAt, UNKNOWN } from '../model/binding/bound';
import { asBoolean, TRUE } from '../model/binding/pureconfig';
import type { TextChange } from '../model/diagnostic';
import { storageKind } from '../model/facts/node-facts';
import type { CantonNode } from '../model/facts/nodes';
import { readNodes } from '../model/facts/view';
import { scalaIdentifier } from '../text/encoders/scala';
import type { PlannedEdit } from './plan';

/** The requested procedure, and the evaluated launch set. */
export interface PlanRequest extends EditableConfig {
  /** One of `procedures`. */
  readonly procedure: string;
  /** `participants.p1` */
  readonly node: string;
  /**
   * `provider`, `mode`, `state` (`new`, `existing`), `wrapper-key-id`, `new-key-id`, `fingerprint`, and `set.KEY` for
   * the settings of the provider's `kms` section and for ids of keys that a procedure registers.
   */
  readonly options: Readonly<Record<string, string>>;
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** The reason why the files cannot be resolved to a configuration. */
  readonly unresolved?: readonly string[];
  /** The errors of the current configuration. */
  readonly errors: readonly ConfigError[];
  /** The errors after edits, whose ranges are those of the current files. This layer does not know the rules. */
  readonly check: (edits: readonly PlannedEdit[]) => readonly ConfigError[];
  /** The document around the text of a URI, if it is HOCON inside another one. */
  readonly enclosing?: (uri: string) => Enclosing | undefined;
  /** Whether a text is the `kms:` map of a chart, of which only single entries can be changed. */
  readonly isChartMap?: (uri: string) => boolean;
  /** The launch sets that contain the node, if it is not clear which of them is meant. */
  readonly openSets?: readonly OpenSet[];
}

/** A document that HOCON is embedded in. */
export interface Enclosing {
  readonly text: string;
  /** The change of the document for one of the HOCON; undefined if its notation cannot express it. */
  readonly changeOf: (change: TextChange) => TextChange | undefined;
}

/** An error that a rule reports on the launch set. */
export interface ConfigError {
  /** Code of the rule. */
  readonly code: string;
  readonly message: string;
  /** `p1.conf, line 3`, one-based. */
  readonly place: string;
  /** `canton.participants.p1.crypto.kms.region`, if the error is about a value. */
  readonly configPath?: string | undefined;
}

export interface OpenSet {
  readonly id: string;
  readonly name: string;
}

export type NodeKind = 'participant' | 'sequencer' | 'mediator' | 'domain' | 'domain manager';

const KINDS: Readonly<Record<CantonNode['kind'], NodeKind>> = {
  participants: 'participant',
  sequencers: 'sequencer',
  mediators: 'mediator',
  domains: 'domain',
  'domain-managers': 'domain manager',
};

export function nodeKindOf({ kind }: Pick<CantonNode, 'kind'>): NodeKind {
  return KINDS[kind];
}

/** The facts about the node and its launch set that procedures use. */
export interface Facts extends PlanRequest {
  readonly target: CantonNode;
  readonly kind: NodeKind;
  /** The other local nodes of the launch set. */
  readonly others: readonly CantonNode[];
  /** The name of the node in the Canton console. */
  readonly ref: string;
  /** `memory` also if nothing is set, because it is Canton's default. */
  readonly storage: 'memory' | 'database' | 'unknown';
}

/** Undefined if the launch set has no such node. */
export function factsOf(request: PlanRequest): Facts | undefined {
  const nodes = readNodes(request.config, request.version, request.edition);
  const target = nodes.find(({ id }) => id === request.node);
  if (target === undefined) return undefined;
  const storage = storageKind(target);
  const others = nodes.filter((node) => node !== target);
  return {
    ...request,
    tree: (uri) => request.tree(uri),
    target,
    kind: nodeKindOf(target),
    others,
    // With an invalid name, no plan is possible.
    ref: scalaIdentifier(target.name) as string,
    storage: storage === UNKNOWN ? 'unknown' : storage,
  };
}

export function isAtLeast(facts: Facts, version: CantonVersion): boolean {
  return compareVersions(facts.version, version) >= 0;
}

/**
 * The algorithm that a node signs with, whatever its key is, so a key that needs another one cannot sign; undefined if the
 * key decides, as since 3.5. Shown on 3.4: `KeyAlgoSpecsMismatch(signingKeySpec = EC-P256, algorithmSpec = Ed25519)` when
 * such a key is announced; `KmsPrivateCrypto.scala`, `JcePureCrypto.scala` 3.3.
 * @param provider of the keys
 */
export function onlyAlgorithm(facts: Facts, provider: 'jce' | 'kms'): string | undefined {
  if (is2x(facts) || isAtLeast(facts, '3.5')) return undefined;
  const configured = textAt(facts, 'crypto', 'signing', 'algorithms', 'default');
  return configured ?? providerDefault(provider, 'signing.algorithms', facts.version);
}

/** 2.x: other console commands, closed KMS code. */
export function is2x(facts: Facts): boolean {
  return !isAtLeast(facts, '3.3');
}

/** The value at a path below the node (`crypto`, `kms`) as it is written, so that it can be written again. */
export function writtenAt(facts: Facts, ...path: readonly string[]): ConfigValue | undefined {
  return entryAt(facts.config, [...facts.target.path, ...path])?.value;
}

export function isWritten(facts: Facts, ...path: readonly string[]): boolean {
  return writtenAt(facts, ...path) !== undefined;
}

/** A text below the node as Canton reads it, defaults included; undefined if there is none or it is not known. */
export function textAt({ target }: Facts, ...path: readonly string[]): string | undefined {
  const text = boundText(target.bound, ...path);
  return text === UNKNOWN ? undefined : text;
}

/** The texts of a list below the node as Canton reads it; undefined if it is absent or not completely known. */
export function listAt({ target }: Facts, ...path: readonly string[]): readonly string[] | undefined {
  const texts = textsAt(target.bound, ...path);
  return texts === UNKNOWN ? undefined : texts;
}

/** True if the setting is on for Canton, either set or by default. */
export function isOn({ target }: Facts, ...path: readonly string[]): boolean {
  return booleanAt(target.bound, ...path) === true;
}

/** True if a setting outside the node is on for Canton. */
export function isOnIn({ config }: Facts, path: readonly string[]): boolean {
  const value = entryAt(config, path)?.value;
  const read = value && asBoolean(value);
  return read?.ok === true && read.value;
}

/** True for an answer that is one of Canton's spellings of true. */
export function isYes(facts: PlanRequest, name: string): boolean {
  const answer = option(facts, name);
  return answer !== undefined && TRUE.has(answer);
}

/** An answer; undefined if it was left empty. */
export function option(facts: PlanRequest, name: string): string | undefined {
  const answer = facts.options[name]?.trim();
  return answer === '' ? undefined : answer;
}
