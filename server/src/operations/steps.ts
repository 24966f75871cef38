import { applyChanges, inOrder, inverseOf } from '../edits/changes';
import { type ConfigChange, editConfig } from '../edits/edit-config';
import { entryAt } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { LineIndex } from '../text/line-index';
import { type Facts, is2x, isOnIn, type NodeKind } from './facts';
import type { LineGuard, PlannedEdit, Step, StepKind, VaultState } from './plan';

/** Replicas must not read rows that do not match their configuration (`EncryptedCryptoPrivateStore.scala` 3.5). */
const REPLICAS =
  'If the node is replicated: stop all replicas, change the configuration of each, start one, wait until it is active and verified, and start the others.';

/** The rows stay the same, so replicas with the former and the new configuration may run together. */
const ROLLING =
  'If the node is replicated: change the configuration of all replicas, and restart them one after another, the active one last. Verify again after a failover.';

/** A change of keys is made on one replica, and the others read it from the database that they share (`DbKmsMetadataStore.scala` 3.5). */
export const ACTIVE_REPLICA = 'If the node is replicated, work on the active replica.';

/** The effects of a restart on other nodes. A start took half a minute on quiet machines, and 25 s with envelope encryption (3.5). */
const IMPACT: Readonly<Record<NodeKind, string>> = {
  participant: 'its parties cannot act or confirm, and commands to it are refused',
  sequencer: 'its members lose their connection; if it is the only sequencer, the synchronizer processes nothing',
  mediator: 'transactions time out if it is the only mediator of its group',
  domain: 'the domain processes nothing',
  'domain manager': 'topology changes are not accepted; transactions continue',
};

/** @param leaves the storage of the keys after it, if that changes */
export function restart(facts: Facts, then: string, leaves?: VaultState): Step {
  return leaving(restarted(facts, then, REPLICAS), leaves);
}

/** The restart after a change that leaves the stored keys as they are. */
export function rollingRestart(facts: Facts, then: string): Step {
  return restarted(facts, then, ROLLING);
}

function restarted({ target, kind }: Facts, then: string, replicas: string): Step {
  const impact = `It takes about a minute. Meanwhile, ${IMPACT[kind]}. Other nodes of the same process restart with it.`;
  const text = `Stop ${target.name} and start it with the new configuration. ${then}\n\n${impact}\n\n${replicas}`;
  return step('restart', `Restart the ${kind}`, text);
}

/** From a stop to a later start, as a sentence. */
export function downtime({ kind }: Facts): string {
  return `From now until the node works again, ${IMPACT[kind]}.`;
}

function leaving(of: Step, leaves: VaultState | undefined): Step {
  return leaves === undefined ? of : { ...of, leaves };
}

export function firstStart({ target, kind }: Facts, then: string, leaves?: VaultState): Step {
  return leaving(
    step(
      'restart',
      `Start the ${kind}`,
      `Start ${target.name} for the first time, which takes about a minute. ${then}`,
    ),
    leaves,
  );
}

/** A console line with the information that a script needs. */
export interface GuardedLine extends LineGuard {
  readonly code: string;
}

export type ConsoleLine = string | GuardedLine;

export function step(kind: StepKind, title: string, text: string, lines: readonly ConsoleLine[] = []): Step {
  const console = lines.map((line) => (typeof line === 'string' ? line : line.code));
  const guards = lines.flatMap((line, i) => {
    if (typeof line === 'string') return [];
    const { code: _, ...guard } = line;
    return [[i, guard] as const];
  });
  const made = { title, kind, text, console, edits: [], pointOfNoReturn: false };
  return guards.length === 0 ? made : { ...made, guards: Object.fromEntries(guards) };
}

/** A condition; the script stops if it is false. */
export function condition(holds: string, code: string): GuardedLine {
  return { code, holds };
}

/** There is no way back from this step. */
export function noReturn(of: Step): Step {
  return { ...of, pointOfNoReturn: true };
}

/** An edit of the user's files and the inverse edit; both are absent if nothing has to change. */
export interface EditSteps {
  readonly forward: readonly Step[];
  readonly back: readonly Step[];
}

/** Undefined if none of the available files contains the place to write. */
export function editSteps(
  facts: Facts,
  title: string,
  text: string,
  changes: readonly ConfigChange[],
): EditSteps | undefined {
  const edits = editConfig(facts, changes);
  if (edits === undefined) return undefined;
  if (edits.length === 0) {
    return { forward: [step('confirm', title, `Nothing to do: the configuration already contains this.`)], back: [] };
  }
  const written = edits.map((edit) => inFile(facts, edit));
  if (!written.every((one) => one !== undefined)) return undefined;
  const forward: PlannedEdit[] = [];
  const back: PlannedEdit[] = [];
  for (const { change, text: before } of written.filter((one, i) => indexOfFile(written, one) === i)) {
    const ofFile = written.filter((one) => one.change.uri === change.uri);
    const changes = ofFile.map((one) => one.change);
    const insides = new Map(ofFile.map((one) => [one.change, one.inside]));
    forward.push(...planned(before, changes, insides));
    back.push(...planned(applyChanges(before, changes), inverseOf(before, changes)));
  }
  return {
    forward: [{ ...step('edit', title, text), edits: forward }],
    back: [
      { ...step('edit', 'Put the configuration back', 'This restores the former text of the files.'), edits: back },
    ],
  };
}

/** The refusal of a plan whose edits the files cannot take. */
export function noFileToChange({ target, config, isChartMap = () => false }: Facts): { readonly refusals: string[] } {
  const kms = entryAt(config, [...target.path, 'crypto', 'kms']);
  const isFromMap = kms?.definitions.some(({ uri }) => isChartMap(uri)) === true;
  const refusal = isFromMap
    ? `The chart writes 'provider = kms' and the 'kms' section of ${target.name} from its \`kms:\` map, and a map can only change its own entries. Write both into a variable \`ADDITIONAL_CONFIG_…\` of \`additionalEnvVars\`, remove the map, which has the same effect, and plan again.`
    : `None of these files can be changed to configure ${target.id}.`;
  return { refusals: [refusal] };
}

interface WrittenChange {
  /** A location in a file of the user. */
  readonly change: TextChange;
  /** A location in the HOCON of the file, if the file has another notation. */
  readonly inside: TextChange | undefined;
  /** The text of the file. */
  readonly text: string;
}

function inFile(facts: Facts, edit: TextChange): WrittenChange | undefined {
  const enclosing = facts.enclosing?.(edit.uri);
  if (enclosing === undefined) return { change: edit, inside: undefined, text: facts.tree(edit.uri)?.text ?? '' };
  const change = enclosing.changeOf(edit);
  return change && { change, inside: edit, text: enclosing.text };
}

function indexOfFile(written: readonly WrittenChange[], { change }: WrittenChange): number {
  return written.findIndex((one) => one.change.uri === change.uri);
}

function planned(
  text: string,
  changes: readonly TextChange[],
  insides: ReadonlyMap<TextChange, TextChange | undefined> = new Map(),
): PlannedEdit[] {
  const lines = new LineIndex(text);
  return inOrder(changes).map((change) => {
    const { uri, range, newText } = change;
    const inside = insides.get(change);
    return {
      file: uri,
      range: { start: lines.positionAt(range.start), end: lines.positionAt(range.end) },
      newText,
      ...(inside !== undefined && { inside }),
    };
  });
}

type ConsoleFlag = 'repair' | 'preview' | 'testing';

/** In 2.x the preview flag guards mappings of parties, and with them `topology.all.renew`; testing all of `ledger_api`. */
function guarded(facts: Facts, flag: ConsoleFlag): string {
  if (flag === 'preview') return 'mappings of parties';
  if (flag === 'testing') return 'commands of the Ledger API';
  return is2x(facts) ? 'export and import of contracts' : 'the import of contracts';
}

/** `repair, preview and testing` */
function listed(words: readonly string[]): string {
  return words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/**
 * Enables the flags that guard some console commands, in the process of the console (`ConsoleEnvironmentBinding.scala`,
 * `ParticipantRepairAdministration.scala`, all lines). Undefined if none of the available files contains the place to
 * write.
 */
export function allowCommands(facts: Facts, flags: readonly ConsoleFlag[]): EditSteps | undefined {
  const missing = flags.filter((flag) => !isAllowed(facts, flag));
  const names = listed(flags);
  const edit = editSteps(
    facts,
    `Allow ${names} commands`,
    `They guard ${listed(flags.map((flag) => guarded(facts, flag)))}. The setting applies to the process of the console: if that is not the process of ${facts.target.name}, change the configuration of the console instead.`,
    [
      {
        kind: 'set',
        path: ['canton', 'features'],
        value: Object.fromEntries(flags.map((flag) => [`enable-${flag}-commands`, true])),
      },
    ],
  );
  if (edit === undefined || missing.length === 0) return edit;
  const restarted = step(
    'restart',
    'Restart the process of the console',
    `The setting applies after the restart. If that is the process of ${facts.target.name}, the node restarts as well, which takes about a minute. Meanwhile, ${IMPACT[facts.kind]}.`,
  );
  return { forward: [...edit.forward, restarted], back: edit.back };
}

function isAllowed(facts: Facts, flag: ConsoleFlag): boolean {
  return isOnIn(facts, ['canton', 'features', `enable-${flag}-commands`]);
}
