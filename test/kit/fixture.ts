import type { TextRange } from '../../server/src/text/location';

/** One file of a fixture, its markers taken out. */
export interface FixtureFile {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  /** Offsets of every `‸`, in order. */
  readonly cursors: readonly number[];
  /** The texts between `⟦` and `⟧`, in order of the opening marker. */
  readonly ranges: readonly TextRange[];
}

export interface Fixture {
  readonly files: ReadonlyMap<string, FixtureFile>;
  /** The first file. */
  readonly main: FixtureFile;
  readonly texts: ReadonlyMap<string, string>;
  /** The only cursor of the fixture. */
  readonly cursor: { readonly uri: string; readonly offset: number };
}

export const FIXTURE_ROOT = 'file:///project';

/**
 * Splits `-- path --` lines into files and takes out the markers `‸` (cursor) and `⟦…⟧` (range). Text before the first
 * `-- path --` line is the file `main.conf`.
 */
export function fixture(marked: string): Fixture {
  const parts = marked.split(/^-- (\S+) --\n/m);
  const named: [string, string][] = [];
  if (parts[0]?.trim() !== '' || parts.length === 1) named.push(['main.conf', parts[0] ?? '']);
  for (let i = 1; i < parts.length; i += 2) named.push([parts[i] as string, parts[i + 1] ?? '']);
  const list = named.map(([path, text]) => unmark(path, text));
  const main = list[0] as FixtureFile;
  return {
    files: new Map(list.map((file) => [file.path, file])),
    main,
    texts: new Map(list.map((file) => [file.uri, file.text])),
    get cursor() {
      const all = list.flatMap((file) => file.cursors.map((offset) => ({ uri: file.uri, offset })));
      const [only] = all;
      if (only === undefined || all.length > 1) throw new Error(`the fixture has ${all.length} cursors, not one`);
      return only;
    },
  };
}

export function uriOf(path: string): string {
  return `${FIXTURE_ROOT}/${path}`;
}

function unmark(path: string, marked: string): FixtureFile {
  let text = '';
  const cursors: number[] = [];
  const ranges: { start: number; end: number }[] = [];
  const open: { start: number; end: number }[] = [];
  for (const piece of marked.split(/([‸⟦⟧])/)) {
    if (piece === '‸') cursors.push(text.length);
    else if (piece === '⟦') {
      const range = { start: text.length, end: -1 };
      ranges.push(range);
      open.push(range);
    } else if (piece === '⟧') {
      const range = open.pop();
      if (range === undefined) throw new Error(`${path}: ⟧ without ⟦`);
      range.end = text.length;
    } else text += piece;
  }
  if (open.length > 0) throw new Error(`${path}: ⟦ without ⟧`);
  return { path, uri: uriOf(path), text, cursors, ranges };
}
