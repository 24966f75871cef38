import { entryAt } from '../../hocon/syntax/entry-at';
import { asText, type Facts, is2x } from '../facts';
import { type EditSteps, editSteps, step } from '../steps';

export type ConsoleFlag = 'repair' | 'preview';

/** In 2.x the preview flag guards mappings of parties, and with them `topology.all.renew`. */
function guarded(facts: Facts, flag: ConsoleFlag): string {
  if (flag === 'preview') return 'mappings of parties';
  return is2x(facts) ? 'export and import of contracts' : 'the import of contracts';
}

/**
 * Turns on what guards some console commands, in the process of the console (`ConsoleEnvironmentBinding.scala`,
 * `ParticipantRepairAdministration.scala`, all lines). Undefined
 * where the place to write is in no file at hand.
 */
export function allowCommands(facts: Facts, flags: readonly ConsoleFlag[]): EditSteps | undefined {
  const missing = flags.filter((flag) => !isAllowed(facts, flag));
  const names = flags.join(' and ');
  const edit = editSteps(
    facts,
    `Allow ${names} commands`,
    `They guard ${flags.map((flag) => guarded(facts, flag)).join(' and ')}. What counts is the process of the console: if that is not the one of ${facts.target.name}, write this into its configuration instead.`,
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
    `The setting counts from its start on. If that is the process of ${facts.target.name}, the node is restarted with it.`,
  );
  return { forward: [...edit.forward, restarted], back: edit.back };
}

function isAllowed({ config }: Facts, flag: ConsoleFlag): boolean {
  const value = asText(entryAt(config, ['canton', 'features', `enable-${flag}-commands`])?.value);
  return ['true', 'yes', 'on'].includes(value ?? '');
}
