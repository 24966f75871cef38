import type { CantonVersion, Edition } from '../../../schemas/version';
import { applyChanges } from '../../../server/src/edits/apply';
import type { EditableConfig } from '../../../server/src/edits/locate';
import { evaluate, loadSources, type Problem } from '../../../server/src/hocon';
import type { Diagnostic, TextChange } from '../../../server/src/model/diagnostic';
import type { PlannedEdit } from '../../../server/src/operations/plan';
import { createRuleContext, rules } from '../../../server/src/rules';
import { LineIndex } from '../../../server/src/text/line-index';
import { fixture, uriOf } from '../../kit/fixture';

/** A launch set in memory: `-- path --` blocks, the roots in order (the first file alone by default). */
export interface Launch extends EditableConfig {
  readonly texts: ReadonlyMap<string, string>;
  readonly roots: readonly string[];
  readonly problems: readonly Problem[];
}

export async function launch(files: string | ReadonlyMap<string, string>, roots?: readonly string[]): Promise<Launch> {
  const texts = typeof files === 'string' ? fixture(files).texts : files;
  const names = roots ?? [[...texts.keys()][0] as string];
  const uris = names.map((name) => (name.includes('://') ? name : uriOf(name)));
  const rootFiles = uris.map((uri) => ({ uri }));
  const sources = await loadSources(rootFiles, { read: async (uri) => texts.get(uri) });
  const { root, problems } = evaluate(rootFiles, sources, { variables: new Map(), closed: false });
  return { config: root, tree: (uri) => sources.get(uri), texts, roots: uris, problems };
}

/** The same launch set after the changes. */
export async function applied(before: Launch, changes: readonly TextChange[]): Promise<Launch> {
  const texts = new Map(before.texts);
  for (const [uri, text] of before.texts) {
    texts.set(
      uri,
      applyChanges(
        text,
        changes.filter((change) => change.uri === uri),
      ),
    );
  }
  return launch(texts, before.roots);
}

/** A plan's edits in the offsets of the texts that they are for. */
export function asChanges(texts: ReadonlyMap<string, string>, edits: readonly PlannedEdit[]): TextChange[] {
  return edits.map(({ file, range, newText }) => {
    const lines = new LineIndex(texts.get(file) ?? '');
    return { uri: file, range: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, newText };
  });
}

/** What our own checker says of the launch set. */
export function diagnose(
  { config, tree }: EditableConfig,
  version: CantonVersion,
  edition: Edition = 'enterprise',
): Diagnostic[] {
  const context = createRuleContext({ config, version, edition, tree });
  return rules.flatMap((rule) => rule.check(context));
}
