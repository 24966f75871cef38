import { applyChanges, inOrder, inverseOf } from '../edits/apply';
import { type ConfigChange, editConfig } from '../edits/edit-config';
import type { TextChange } from '../model/diagnostic';
import { LineIndex } from '../text/line-index';
import type { Facts } from './facts';
import type { PlannedEdit, Step, StepKind } from './plan';

export function step(kind: StepKind, title: string, text: string, console: readonly string[] = []): Step {
  return { title, kind, text, console, edits: [], pointOfNoReturn: false };
}

/** From here on there is no way back. */
export function noReturn(of: Step): Step {
  return { ...of, pointOfNoReturn: true };
}

/** An edit of the user's files with the one that takes it back; neither where nothing has to change. */
export interface EditSteps {
  readonly forward: readonly Step[];
  readonly back: readonly Step[];
}

/** Undefined where the place to write is in no file at hand. */
export function editSteps(
  facts: Facts,
  title: string,
  text: string,
  changes: readonly ConfigChange[],
): EditSteps | undefined {
  const edits = editConfig(facts, changes);
  if (edits === undefined) return undefined;
  if (edits.length === 0) {
    return { forward: [step('confirm', title, `The configuration says so already; nothing has to change.`)], back: [] };
  }
  const files = [...new Set(edits.map(({ uri }) => uri))];
  const forward: PlannedEdit[] = [];
  const back: PlannedEdit[] = [];
  for (const uri of files) {
    const before = facts.tree(uri)?.text ?? '';
    const ofFile = edits.filter((edit) => edit.uri === uri);
    forward.push(...planned(before, ofFile));
    back.push(...planned(applyChanges(before, ofFile), inverseOf(before, ofFile)));
  }
  return {
    forward: [{ ...step('edit', title, text), edits: forward }],
    back: [{ ...step('edit', 'Put the configuration back', 'This gives the files their former text.'), edits: back }],
  };
}

function planned(text: string, changes: readonly TextChange[]): PlannedEdit[] {
  const lines = new LineIndex(text);
  return inOrder(changes).map(({ uri, range, newText }) => ({
    file: uri,
    range: { start: lines.positionAt(range.start), end: lines.positionAt(range.end) },
    newText,
  }));
}
