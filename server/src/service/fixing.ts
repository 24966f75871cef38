import { applyChanges, touch } from '../edits/changes';
import type { LocatedDiagnostic } from '../features/requests/diagnostics';
import { format } from '../hocon/format/format';
import { type Fix, isPlainFix, type TextChange } from '../model/diagnostic';
import { LineIndex } from '../text/line-index';
import { editOf } from '../text/positions';
import { linesOf, normalize } from '../workspace/documents';
import { enclosingOf } from '../workspace/regions';
import type { Workspace } from '../workspace/workspace';
import type { CheckResult, checking, Progress } from './checking';

/** A document before and after changes that were made in memory. */
export interface ChangedText {
  readonly before: string;
  readonly after: string;
}

/** The documents that fixes changed, by URI, and how many fixes there were. */
export interface FixedTexts {
  readonly texts: ReadonlyMap<string, ChangedText>;
  readonly fixes: number;
}

/** A formatted document, and the faults of its grammar. */
export interface FormattedText extends ChangedText {
  readonly faults: readonly { readonly message: string; readonly line: number }[];
}

/** A fix in offsets of the documents that hold the text. */
interface PlainFix {
  /** The same for the same fix in another round. */
  readonly id: string;
  readonly changes: readonly TextChange[];
}

/** The changes that fixes may make. */
interface Allowance {
  readonly uris: readonly string[];
  readonly asOneSet: boolean;
  readonly mayChange: (uri: string) => boolean;
  /** Whether a fix may uncover an error that also has a plain fix. */
  readonly mayUncover: boolean;
  readonly onProgress: Progress | undefined;
}

/** One fix may allow another, but only so many times. */
const MAX_ROUNDS = 50;

const STANDARD_STYLE = { indentSize: 2, insertSpaces: true } as const;

/**
 * Changes of whole documents that are not reviewed one by one, for the command line. They are made in memory, as if an
 * editor had made them: later answers of the service are about the changed texts.
 */
export function fixing(workspace: Workspace, { check }: Pick<ReturnType<typeof checking>, 'check'>) {
  const { documents } = workspace;

  /**
   * Applies the fixes that need no decision and have no placeholder, until none is left. Afterwards there is no error
   * that was not there before: a fix may uncover one only where a later fix removes it.
   * @param uris the documents to check; each in its launch sets, or all as one
   * @param mayChange whether a document may be changed
   * @param onProgress receives the progress of each round
   */
  async function fix(
    uris: readonly string[],
    asOneSet: boolean,
    mayChange: (uri: string) => boolean,
    onProgress?: Progress,
  ): Promise<FixedTexts> {
    const found = await fixedBy({ uris, asOneSet, mayChange, mayUncover: true, onProgress });
    if (found.isHarmless) return found;
    for (const [uri, { before }] of found.texts) workspace.update(uri, before);
    return fixedBy({ uris, asOneSet, mayChange, mayUncover: false, onProgress });
  }

  async function fixedBy({ uris, asOneSet, mayChange, mayUncover, onProgress }: Allowance) {
    const before = new Map<string, string>();
    const refused = new Set<string>();
    const seen: CheckResult[] = [];
    let fixes = 0;
    let due = uris;
    for (let round = 0; round < MAX_ROUNDS && due.length > 0; round++) {
      const result = await check(asOneSet ? uris : due, asOneSet, onProgress);
      const plain = await plainFixes(result, mayChange, refused);
      const changed = [...new Set(plain.flatMap(({ changes }) => changes.map(({ uri }) => uri)))];
      for (const uri of changed) if (!before.has(uri)) before.set(uri, await textOf(uri));
      const checked = asOneSet ? uris : changed;
      // A changed document may be in launch sets of others, too.
      const present = await check(checked, asOneSet);
      if (round === 0) seen.push(result, present);
      const known = errorsOf(result, present);
      const trial = new Trial(
        new Map(await Promise.all(changed.map(async (uri) => [uri, await textOf(uri)] as const))),
      );
      const isHarmless = async (texts: ReadonlyMap<string, string>) => {
        for (const [uri, text] of texts) workspace.update(uri, text);
        const fresh = beyond(errorsOf(await check(checked, asOneSet)), known);
        return fresh.every(
          ({ fixes }) => mayUncover && fixes.some((fix) => isPlainFix(fix) && isAllowed(fix, mayChange)),
        );
      };
      const { texts, taken, dropped } = await trial.run(plain, isHarmless);
      for (const [uri, text] of texts) workspace.update(uri, text);
      for (const { id } of dropped) refused.add(id);
      fixes += taken;
      // If a fix was left out, the fixes that overlap with it may still be applied.
      due = taken > 0 || dropped.length > 0 ? changed : [];
    }
    const texts = new Map<string, ChangedText>();
    for (const [uri, text] of before) {
      const after = await textOf(uri);
      if (after !== text) texts.set(uri, { before: text, after });
    }
    const last = await check(asOneSet ? uris : [...texts.keys()], asOneSet);
    return { texts, fixes, isHarmless: beyond(errorsOf(last), errorsOf(...seen)).length === 0 };
  }

  const textOf = async (uri: string) => (await documents.read(uri)) ?? '';

  /** The plain fixes of all problems that do not touch each other. If two do, the first one in the text wins. */
  async function plainFixes(
    { files }: CheckResult,
    mayChange: (uri: string) => boolean,
    refused: ReadonlySet<string>,
  ): Promise<readonly PlainFix[]> {
    const found = new Map<string, PlainFix>();
    const taken = new Map<string, TextChange[]>();
    for (const { diagnostics } of files.values()) {
      for (const diagnostic of diagnostics) {
        for (const fix of diagnostic.fixes) {
          if (!isPlainFix(fix) || !isAllowed(fix, mayChange)) continue;
          const changes = await inDocuments(fix);
          if (changes === undefined) continue;
          const id = idOf(diagnostic, changes);
          if (found.has(id) || refused.has(id)) continue;
          if (changes.some((one) => taken.get(one.uri)?.some((other) => touch(one, other)))) continue;
          found.set(id, { id, changes });
          for (const change of changes) taken.set(change.uri, [...(taken.get(change.uri) ?? []), change]);
        }
      }
    }
    return [...found.values()];
  }

  /** The edits in offsets of the documents themselves; undefined if one of those cannot express an edit. */
  async function inDocuments({ edits }: Fix): Promise<TextChange[] | undefined> {
    const changes: TextChange[] = [];
    for (const { uri, range, newText } of edits) {
      const tree = await documents.tree(uri);
      if (tree === undefined) return undefined;
      const document = enclosingOf(uri);
      if (document === uri) {
        changes.push({ uri, range, newText });
        continue;
      }
      const edit = editOf(linesOf(tree), range, newText);
      if (edit === undefined) return undefined;
      const lines = new LineIndex(await textOf(document));
      const { start, end } = edit.range;
      const outer = { start: lines.offsetAt(start), end: lines.offsetAt(end) };
      changes.push({ uri: document, range: outer, newText: edit.newText });
    }
    return changes;
  }

  return {
    fix,

    /** The document in the standard style; undefined if it is not HOCON itself. A text with faults stays as it is. */
    async formatted(uri: string): Promise<FormattedText | undefined> {
      const tree = await documents.tree(normalize(uri));
      if (tree === undefined) return undefined;
      const lines = linesOf(tree);
      const faults = tree.problems.map(({ message, range }) => ({
        message,
        line: lines.positionAt(range.start).line,
      }));
      const newline = /\r?\n/.exec(tree.text)?.[0] === '\r\n' ? '\r\n' : '\n';
      const edits = faults.length > 0 ? [] : format(tree, { ...STANDARD_STYLE, newline });
      const after = applyChanges(
        tree.text,
        edits.map((edit) => ({ uri, ...edit })),
      );
      return { before: tree.text, after, faults };
    },
  };
}

/** Texts on which changes are tried. */
class Trial {
  private readonly accepted: PlainFix[] = [];
  private readonly dropped: PlainFix[] = [];

  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  /** Applies as many of the fixes together as possible without harm; if some cause harm, each half is tried. */
  async run(
    fixes: readonly PlainFix[],
    isHarmless: (texts: ReadonlyMap<string, string>) => Promise<boolean>,
  ): Promise<{
    readonly texts: ReadonlyMap<string, string>;
    readonly taken: number;
    readonly dropped: readonly PlainFix[];
  }> {
    const due = fixes.length === 0 ? [] : [fixes];
    for (let some = due.pop(); some !== undefined; some = due.pop()) {
      if (await isHarmless(this.with([...this.accepted, ...some]))) this.accepted.push(...some);
      else if (some.length === 1) this.dropped.push(...some);
      else {
        const half = Math.ceil(some.length / 2);
        due.push(some.slice(half), some.slice(0, half));
      }
    }
    return { texts: this.with(this.accepted), taken: this.accepted.length, dropped: this.dropped };
  }

  private with(fixes: readonly PlainFix[]): ReadonlyMap<string, string> {
    const changes = fixes.flatMap((fix) => fix.changes);
    return new Map(
      [...this.texts].map(([uri, text]) => [
        uri,
        applyChanges(
          text,
          changes.filter((change) => change.uri === uri),
        ),
      ]),
    );
  }
}

function idOf({ code, configPath, message }: LocatedDiagnostic, changes: readonly TextChange[]): string {
  const edits = changes.map(({ uri, newText }) => [uri, newText]);
  return JSON.stringify([code, configPath, message, edits]);
}

function isAllowed({ edits }: Fix, mayChange: (uri: string) => boolean): boolean {
  return edits.every(({ uri }) => mayChange(enclosingOf(uri)));
}

/**
 * The errors by code and key, or by document if an error is not about a key; of several results, the one with the most
 * errors counts.
 */
function errorsOf(...results: readonly CheckResult[]): ReadonlyMap<string, readonly LocatedDiagnostic[]> {
  const errors = new Map<string, readonly LocatedDiagnostic[]>();
  for (const { files } of results) {
    const own = new Map<string, LocatedDiagnostic[]>();
    for (const one of [...files.values()].flatMap(({ diagnostics }) => diagnostics)) {
      if (one.severity !== 'error') continue;
      const key = `${one.code} ${one.configPath ?? enclosingOf(one.uri)}`;
      own.set(key, [...(own.get(key) ?? []), one]);
    }
    for (const [key, some] of own) if (some.length > (errors.get(key)?.length ?? 0)) errors.set(key, some);
  }
  return errors;
}

/** The errors of kinds that occur more often than before. */
function beyond(
  errors: ReadonlyMap<string, readonly LocatedDiagnostic[]>,
  known: ReadonlyMap<string, readonly LocatedDiagnostic[]>,
): readonly LocatedDiagnostic[] {
  return [...errors].flatMap(([key, some]) => (some.length > (known.get(key)?.length ?? 0) ? some : []));
}
