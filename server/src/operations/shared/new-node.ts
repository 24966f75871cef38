import { type HoconObject, type HoconValue, objectText, Raw, type Style } from '../../edits/hocon-text';
import { type ConfigEntry, type ConfigObject, entryAt } from '../../hocon/values/config-value';
import { hoconPath, hoconQuoted, isSubstitution } from '../../text/encoders/hocon';
import { markdownFence } from '../../text/encoders/markdown';
import { scalaIdentifier } from '../../text/encoders/scala';
import type { Facts } from '../facts';
import type { Step } from '../plan';
import { step } from '../steps';
import type { KmsSettings } from './provider';

/** A second node that replaces the current one. */
export interface NewNode {
  readonly name: string;
  readonly ref: string;
  /** Its `crypto` and `init` sections as HOCON. */
  readonly config: string;
}

/** The style of configuration that is not in a file yet. */
export const STYLE: Style = {
  syntax: 'conf',
  eol: '\n',
  indent: '  ',
  separator: ' = ',
  beforeBrace: ' ',
  json: false,
};

/** Canton accepts names of at most 30 characters (`CantonRequireTypes.scala`, all lines). */
const MAX_NAME = 30;

/** `SafeSimpleString` (`UniqueIdentifier.scala` 3.3 to main). */
const SAFE = /^(?!.*::)[A-Za-z0-9:_ -]{1,185}$/;

/** The reason why the new node cannot have the identifier beside the current one in its namespace. */
export function identifierRefusals({ target }: Facts, identifier: string | undefined): string[] {
  if (identifier === undefined) return [];
  if (!SAFE.test(identifier)) {
    return [
      `'${identifier}' is not an identifier: use at most 185 letters, digits, '-', '_', ':' and blanks, without '::'.`,
    ];
  }
  if (identifier !== target.name) return [];
  return [
    `'${identifier}' is the identifier that ${target.id} has by default. The new node needs one that was never used before, such as '${identifier}-kms'.`,
  ];
}

/** @param more further sections, such as `init` or `parameters` */
export function newNode(facts: Facts, crypto: HoconObject, more: HoconObject = {}): NewNode {
  const { target, others } = facts;
  const taken = new Set([target, ...others].map(({ name }) => name));
  let name = '';
  for (let n = 0; name === '' || taken.has(name); n++) {
    const suffix = `_new${n === 0 ? '' : n}`;
    name = target.name.slice(0, MAX_NAME - suffix.length) + suffix;
  }
  const sections = { ...more, crypto };
  const config = `canton.${target.kind}.${name} ${objectText(sections, STYLE, '')}`;
  return { name, ref: scalaIdentifier(name) as string, config };
}

/** `provider = kms` with the settings, added to those of the current section if the provider stays the same. */
export function externalCrypto(facts: Facts, { section, provider }: KmsSettings, more: HoconObject = {}): HoconObject {
  const present =
    facts.target.kmsType === provider
      ? entryAt(facts.config, [...facts.target.path, 'crypto', 'kms'])?.value
      : undefined;
  const known = present?.kind === 'object' ? copied(facts, present) : {};
  return { provider: 'kms', kms: { ...known, ...section }, ...more };
}

/** The section as a configuration of its own: what is known by its value, and everything else as it is written. */
function copied(facts: Facts, { entries }: ConfigObject): HoconObject {
  return Object.fromEntries([...entries].map(([key, entry]) => [key, copy(facts, key, entry)]));
}

function copy(facts: Facts, key: string, { value, definitions }: ConfigEntry): HoconValue {
  switch (value.kind) {
    case 'object':
      return copied(facts, value);
    case 'number':
      return new Raw(value.text);
    case 'null':
      return null;
    case 'boolean':
      return value.value;
    case 'string':
      return isSubstitution(value.value) ? new Raw(hoconQuoted(value.value)) : value.value;
    default: {
      const written = definitions.map(({ uri, key: name, value: range }) => {
        const text = facts.tree(uri)?.text ?? '';
        return { text: text.slice(range.start, range.end), isAdded: text.slice(name.end, range.start).includes('+=') };
      });
      // `a = ${?X}` changes what is set before it only where the variable is there, and `a += 1` adds to it.
      const last = written.findLastIndex(({ text, isAdded }) => !isAdded && !text.startsWith('${?'));
      const [first = { text: '', isAdded: false }, ...others] = written.slice(Math.max(last, 0));
      const more = others.map(({ text, isAdded }) => `, ${hoconPath([key])} ${isAdded ? '+=' : '='} ${text}`);
      const text = [first.isAdded ? `[${first.text}]` : first.text, ...more].join('');
      return isSubstitution(text) ? text : new Raw(text);
    }
  }
}

/** A node cannot be converted in place, so its successor gets a separate configuration. */
export function newNodeStep(facts: Facts, { name, config }: NewNode): Step {
  const ports = facts.kind === 'sequencer' ? '`public-api` and `admin-api`' : 'APIs';
  return step(
    'external',
    'Write the configuration of the new node',
    `${name} gets its own ports for its ${ports}, its own empty database (\`storage\`), and:\n\n${markdownFence('hocon', config)}`,
  );
}

/**
 * Clears the onboarding flag of replicated parties, which is possible only after the decision timeout of the mediator.
 * The offset stays the same: with a later one, the command exceeds its deadline (observed on 3.5). What the command returns
 * is ahead of the mapping, and another proposal before the mapping shows the change has the wrong serial.
 * @param parties a value of the script
 */
export function clearFlags(ref: string, parties: string): string {
  const call = `${ref}.parties.clear_party_onboarding_flag(party, synchronizerId, targetOffset)`;
  const isShown = `${ref}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString).exists(_.item.participants.exists(p => p.participantId == ${ref}.id && !p.onboarding))`;
  return `utils.retry_until_true(timeout = 5.minutes, maxWaitPeriod = 15.seconds) { ${parties}.forall(party => ${isShown} || { ${call}; false }) }`;
}
