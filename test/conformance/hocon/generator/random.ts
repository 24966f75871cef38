/** Numbers that follow from a seed (Marsaglia's xorshift, 32 bits), so that every text can be reproduced. */
export class Random {
  private state: number;

  /** @param index the number of the text; neighboring indices give unrelated texts */
  constructor(seed: number, index = 0) {
    let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
    this.state = (h ^ (h >>> 15)) | 1;
  }

  /** An integer from 0 to below `n`. */
  below(n: number): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (((x >>> 0) * n) / 0x100000000) | 0;
  }

  /** True once in `n` times. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}
