import { LINES, type Line, type MatrixCase, matrixCase } from './case';

/** A statement that is left out. */
export const NOTHING = '';

export const NON_STANDARD = 'canton.parameters.non-standard-config = true';

/** One case from its statements; those left out fall away. */
export function combine(group: string, statements: readonly string[], lines: readonly Line[] = LINES): MatrixCase {
  const said = statements.filter((statement) => statement !== NOTHING);
  return matrixCase(group, said.length > 0 ? said : ['crypto {}'], lines);
}

/** Every row with one value of each axis. */
export function product(...axes: readonly (readonly string[])[]): string[][] {
  return axes.reduce<string[][]>((rows, axis) => rows.flatMap((row) => axis.map((value) => [...row, value])), [[]]);
}

/** The key left out, and with each of the values. */
export function maybe(key: string, values: readonly string[]): string[] {
  return [NOTHING, ...values.map((value) => `${key} = ${value}`)];
}
