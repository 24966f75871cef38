/** One size of input and the median times in milliseconds. */
export interface Column {
  readonly name: string;
  readonly times: ReadonlyMap<string, number>;
}

/** A table of times, each with its ratio to `base`. */
export function table(columns: readonly Column[], base: string, rows: readonly string[]): string {
  const head = `| | ${columns.map(({ name }) => name).join(' | ')} |`;
  const rule = `| --- |${columns.map(() => ' ---: |').join('')}`;
  const lines = rows.map((row) => `| ${row} | ${columns.map((column) => cell(column, row, base)).join(' | ')} |`);
  return [head, rule, ...lines].join('\n');
}

function cell({ times }: Column, row: string, base: string): string {
  const time = times.get(row);
  if (time === undefined) return '–';
  const ours = times.get(base);
  const ratio = row === base || ours === undefined ? '' : ` (${(time / ours).toPrecision(2)}×)`;
  return `${format(time)}${ratio}`;
}

function format(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toPrecision(3)} s`;
  return `${milliseconds.toPrecision(milliseconds < 1 ? 2 : 3)} ms`;
}
