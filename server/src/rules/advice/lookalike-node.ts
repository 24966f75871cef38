import { distance } from 'fastest-levenshtein';
import { IMAGE_NODES } from '../../../../schemas/images';
import { renamed } from '../../edits/entry-edits';
import { locationOfKey } from '../../model/binding/locations';
import type { Diagnostic } from '../../model/diagnostic';
import type { NodeView } from '../../model/facts/view';
import { isMisspelled } from '../../text/nearest';
import { nameOf, report, valueLocation } from '../report';
import type { Rule, RuleContext } from '../rule';

/** More nodes than a handwritten launch set has. */
const HAND_WRITTEN = 100;

export const lookalikeNode: Rule = {
  code: 'advice/lookalike-node',
  severity: 'warning',
  title: 'Possibly misspelled node name',
  docs: `Canton cannot detect a misspelled node name: it starts one more node, with defaults for all other settings. If the node of a
deployment image is named \`participant\`, \`participant1.crypto\` configures the KMS of an unwanted second node, and the intended one
keeps its keys in plaintext. The names of the nodes in the images of Splice are known also where the image is not: a node whose name
is nearly one of these is reported. So is \`participant_INDXE\`, where the images of several nodes replace \`INDEX\`.`,
  source: 'config/CantonConfig.scala all lines; canton-network/splice issue 2644',
  examples: {
    bad: {
      text: `canton.participants.participant { admin-api.port = 5012, ledger-api.port = 5011, storage { type = postgres, config {} } }
canton.participants.participant1.crypto { provider = kms, kms { type = aws, region = us-east-1 } }`,
    },
    good: {
      text: `canton.participants.participant { admin-api.port = 5012, ledger-api.port = 5011, storage { type = postgres, config {} } }
canton.participants.participant.crypto { provider = kms, kms { type = aws, region = us-east-1 } }`,
    },
  },
  check(context) {
    return [...misspelledIndexes(context), ...lookalikes(context)];
  },
};

function lookalikes(context: RuleContext): readonly Diagnostic[] {
  const { nodes } = context.view;
  // The image is better evidence.
  if (context.image !== undefined) return [];
  const configured = nodes.filter((node) => !isBare(node));
  // Limits the comparison of every bare name with every configured one; generated files contain no typing mistakes.
  if (configured.length > HAND_WRITTEN) return [];
  return nodes.flatMap((node) => {
    const meant = isBare(node)
      ? configured.find((other) => other.kind === node.kind && isNear(node.name, other.name))
      : undefined;
    if (meant === undefined) return ofImage(context, node);
    const edits = renamed(context, node.definitions, meant.name);
    const fixes = [{ title: `Rename to '${meant.name}'`, edits }];
    const related = [{ location: valueLocation(meant), message: `${nameOf(meant)} is configured here.` }];
    const message = `'${node.name}' has only a 'crypto' section, so Canton starts it as an additional ${node.label}. Did you mean '${meant.name}'?`;
    return [report(lookalikeNode, { message, fixes, related, location: valueLocation(node), path: node.path })];
  });
}

/** `canton-network/splice` 0.6.12, `cluster/images/multi-{participant,validator}/pre-bootstrap.sh` replace it. */
const INDEX = 'INDEX';

/** `participant_INDXE`, which the images of several nodes keep as it is. */
function misspelledIndexes(context: RuleContext): readonly Diagnostic[] {
  const canton = context.config.entries.get('canton')?.value;
  return IMAGE_NODES.flatMap(({ section, node }) => {
    const named = canton?.kind === 'object' ? canton.entries.get(section)?.value : undefined;
    return [...(named?.kind === 'object' ? named.entries : [])].flatMap(([name, entry]) => {
      const [, base, word = ''] = /^(.+)_([A-Z]+)$/.exec(name) ?? [];
      if (base !== node || word === INDEX || !isMisspelled(word, [INDEX])) return [];
      const meant = `${node}_${INDEX}`;
      const message = `'${word}' in '${name}' is nearly '${INDEX}', which the images of several nodes replace with a number. They keep any other word.`;
      const fixes = [{ title: `Rename to '${meant}'`, edits: renamed(context, entry.definitions, meant) }];
      const location = locationOfKey(entry, entry.value.origin);
      return [report(lookalikeNode, { message, fixes, location, path: ['canton', section, name] })];
    });
  });
}

/** A node with a crypto section, but without the API and storage that a node needs. */
function isBare({ value }: NodeView): boolean {
  return value.entries.has('crypto') && value.unknowns.length === 0 && value.entries.size === 1;
}

function isNear(name: string, other: string): boolean {
  return distance(name.toLowerCase(), other.toLowerCase()) <= Math.max(1, Math.floor(other.length / 6));
}

/** One letter is left out, added or swapped. With others in their place it may be a word of another language: `mediador`. */
function isSlip(name: string, meant: string): boolean {
  const letters = (text: string) => [...text].sort().join('');
  return name.length === meant.length ? letters(name) === letters(meant) : distance(name, meant) === 1;
}

/** A node, or a part of one, where the name of the node in an image was meant. A name of its own contains it, or a digit. */
function ofImage(context: RuleContext, node: NodeView): readonly Diagnostic[] {
  const { name, kind, value } = node;
  // Other variables of a container may set more, but not under another name.
  if (value.unknowns.some(({ cause }) => cause !== 'rest')) return [];
  const image = IMAGE_NODES.find(
    (one) =>
      one.section === kind &&
      !name.toLowerCase().includes(one.node) &&
      !/\d/.test(name) &&
      isMisspelled(name, [one.node]),
  );
  if (image === undefined) return [];
  const isWhole = value.entries.has('storage') || value.entries.has('admin-api');
  const hasBoth = context.view.nodes.some((other) => other.kind === kind && other.name === image.node);
  if (isWhole && (hasBoth || !isSlip(name, image.node))) return [];
  const effect = isWhole
    ? `Settings and commands for '${image.node}' do not reach it.`
    : `Canton starts a node with another name as an additional ${node.label}.`;
  const message = `'${name}' is nearly '${image.node}', the node of the image '${image.name}'. ${effect}`;
  const edits = renamed(context, node.definitions, image.node);
  const fixes = [{ title: `Rename to '${image.node}'`, edits }];
  return [report(lookalikeNode, { message, fixes, location: valueLocation(node), path: node.path })];
}
