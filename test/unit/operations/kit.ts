import type { CantonVersion, Edition } from '../../../schemas/version';
import { applyChanges } from '../../../server/src/edits/changes';
import { withChanges } from '../../../server/src/edits/effect';
import type { EditableConfig } from '../../../server/src/edits/insertion-point';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { loadSources } from '../../../server/src/hocon/evaluation/load';
import type { Problem } from '../../../server/src/hocon/problem';
import type { Sources } from '../../../server/src/hocon/source';
import type { Diagnostic, TextChange } from '../../../server/src/model/diagnostic';
import type { ConfigError, PlanRequest } from '../../../server/src/operations/facts';
import type { PlannedEdit } from '../../../server/src/operations/plan';
import { createRuleContext, rules } from '../../../server/src/rules';
import { LineIndex } from '../../../server/src/text/line-index';
import { fixture, uriOf } from '../../kit/fixture';

/** A launch set in memory: `-- path --` blocks, the roots in order (the first file alone by default). */
export interface Launch extends EditableConfig {
  readonly texts: ReadonlyMap<string, string>;
  readonly roots: readonly string[];
  readonly problems: readonly Problem[];
  readonly sources: Sources;
}

export async function launch(files: string | ReadonlyMap<string, string>, roots?: readonly string[]): Promise<Launch> {
  const texts = typeof files === 'string' ? fixture(files).texts : files;
  const names = roots ?? [[...texts.keys()][0] as string];
  const uris = names.map((name) => (name.includes('://') ? name : uriOf(name)));
  const rootFiles = uris.map((uri) => ({ uri }));
  return evaluated(uris, texts, await loadSources(rootFiles, { read: async (uri) => texts.get(uri) }));
}

function evaluated(roots: readonly string[], texts: ReadonlyMap<string, string>, sources: Sources): Launch {
  const files = roots.map((uri) => ({ uri }));
  const { root, problems } = evaluate(files, sources, { variables: new Map(), closed: false });
  return { config: root, tree: (uri) => sources.get(uri), texts, roots, problems, sources };
}

/** The same launch set after changes that add no include. */
function appliedNow({ roots, texts, sources }: Launch, changes: readonly TextChange[]): Launch {
  return evaluated(roots, texts, withChanges(sources, changes));
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

/** A plan's edits, with offsets of their texts. */
export function asChanges(texts: ReadonlyMap<string, string>, edits: readonly PlannedEdit[]): TextChange[] {
  return edits.map(({ file, range, newText }) => {
    const lines = new LineIndex(texts.get(file) ?? '');
    return { uri: file, range: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, newText };
  });
}

/** The input of a plan: the launch set, and its errors before and after edits. */
export function planned(
  set: Launch,
  version: CantonVersion,
  edition: Edition = 'enterprise',
): Pick<PlanRequest, 'config' | 'tree' | 'version' | 'edition' | 'errors' | 'check'> {
  const { config, tree } = set;
  const check = (edits: readonly PlannedEdit[]) =>
    errorsOf(appliedNow(set, asChanges(set.texts, edits)), version, edition);
  return { config, tree, version, edition, errors: errorsOf(set, version, edition), check };
}

function errorsOf(set: Launch, version: CantonVersion, edition: Edition): ConfigError[] {
  const found = diagnose(set, version, edition).filter(({ severity }) => severity === 'error');
  return [...set.problems, ...found].map(({ code, message, uri, range, ...more }) => {
    const line = new LineIndex(set.tree(uri)?.text ?? '').positionAt(range.start).line + 1;
    const configPath = 'configPath' in more ? more.configPath : undefined;
    return { code, message, configPath, place: `${uri.slice(uri.lastIndexOf('/') + 1)}, line ${line}` };
  });
}

/** The errors that our own check reports for the launch set. */
export function diagnose(
  { config, tree }: EditableConfig,
  version: CantonVersion,
  edition: Edition = 'enterprise',
): Diagnostic[] {
  const context = createRuleContext({
    config,
    version,
    edition,
    tree,
    files: [],
    isWhole: false,
    hasWholeEnvironment: false,
    driverSchemas: new Map(),
  });
  return rules.flatMap((rule) => rule.check(context));
}
