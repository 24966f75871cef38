/** A family of growing texts: the function that creates one from a number of repetitions. */
export interface Family {
  readonly name: string;
  make(repetitions: number): string;
}

export function repeated(piece: string): Family {
  return { name: `${JSON.stringify(piece)}, repeated`, make: (n) => piece.repeat(n) };
}

export function lines(n: number, line: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => line(i)).join('\n');
}
