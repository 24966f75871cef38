import type { CantonVersion } from '../../schemas/version';
import { type Signature, signaturesOf } from './console-signatures';

/** Members of a node reference that are not commands. */
const MEMBERS = new Set(['id', 'namespace', 'fingerprint', 'config', 'name', 'uid', 'member']);
/** Objects with commands that need no node. */
const MACROS = new Set(['bootstrap', 'StaticSynchronizerParameters', 'utils']);
/** Types to which the console converts a text. */
const TEXTUAL = /^(?:String|Fingerprint|Identifier|PartyId|\w*Alias|SequencerConnections?)$/;
const CHAIN = /(`[^`]+`|[A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)+)/g;

/**
 * The problems of the Canton commands in a piece of console script: those that this version does not have, and those
 * with parameters that it does not accept.
 * @param nodes the references of nodes in the script
 * @param kinds of those whose kind is known, as in a configuration
 */
export function checkCalls(
  script: string,
  version: CantonVersion,
  nodes: ReadonlySet<string>,
  kinds: ReadonlyMap<string, string> = new Map(),
): string[] {
  const faults: string[] = [];
  for (const match of script.matchAll(CHAIN)) {
    const [text, head = '', path = ''] = match;
    const members = path.slice(1).split('.');
    const isMacro = MACROS.has(head);
    if (isMacro ? members.length > 1 : !nodes.has(head) || MEMBERS.has(members[0] ?? '')) continue;
    const names = isMacro ? [head, ...members] : members;
    const found = longestCommand(names, version);
    if (found === undefined) {
      faults.push(`Canton ${version} has no command '${names.join('.')}'`);
      continue;
    }
    const isCalled = found.length === names.length;
    const args = isCalled ? argumentsAt(script, match.index + text.length) : undefined;
    const reasons = found.signatures.map((signature) => misfit(signature, args, kinds.get(head)));
    if (!reasons.includes(undefined)) faults.push(`${names.slice(0, found.length).join('.')}: ${reasons.join('; ')}`);
  }
  return faults;
}

function longestCommand(names: readonly string[], version: CantonVersion) {
  for (let length = names.length; length > 0; length--) {
    const signatures = signaturesOf(names.slice(0, length).join('.'), version);
    if (signatures.length > 0) return { length, signatures };
  }
  return undefined;
}

/** The reason why the arguments do not match; undefined if they do. */
function misfit(
  { parameters, nodes }: Signature,
  args: readonly string[] | undefined,
  kind: string | undefined,
): string | undefined {
  if (kind !== undefined && nodes?.includes(kind) === false) return `${kind} do not have it`;
  if (parameters === undefined) return args === undefined ? undefined : 'it takes no parentheses';
  if (args === undefined) return 'parentheses are missing';
  const given = new Set<string>();
  for (const [i, arg] of args.entries()) {
    const named = /^(\w+) = /.exec(arg)?.[1];
    const parameter = named === undefined ? parameters[i] : parameters.find(({ name }) => name === named);
    if (parameter === undefined)
      return named === undefined ? `argument ${i + 1} is too many` : `it has no parameter '${named}'`;
    if (/^(?:\w+ = )?"/.test(arg) && !TEXTUAL.test(parameter.type)) return `'${parameter.name}' is no text`;
    given.add(parameter.name);
  }
  const missing = parameters.find(({ name, optional }) => !optional && !given.has(name));
  return missing === undefined ? undefined : `'${missing.name}' is missing`;
}

/** The arguments in the parentheses that begin at the offset; undefined if there are none. */
function argumentsAt(script: string, offset: number): string[] | undefined {
  if (script[offset] !== '(') return undefined;
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = offset + 1;
  for (let i = offset; i < script.length; i++) {
    const character = script[i] as string;
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') {
      quoted = true;
    } else if ('([{'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character)) {
      depth--;
      if (depth > 0) continue;
      parts.push(script.slice(start, i).trim());
      return parts.filter((part, n) => part !== '' || n > 0);
    } else if (character === ',' && depth === 1) {
      parts.push(script.slice(start, i).trim());
      start = i + 1;
    }
  }
  return undefined;
}
