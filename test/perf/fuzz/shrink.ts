/** Removes parts of a text, halves first and single characters last, as long as it still fails. */
export function shrink(text: string, fails: (text: string) => boolean): string {
  let smallest = text;
  for (let size = smallest.length >> 1; size >= 1; ) {
    let found = false;
    for (let at = 0; at < smallest.length; ) {
      const without = smallest.slice(0, at) + smallest.slice(at + size);
      if (fails(without)) {
        smallest = without;
        found = true;
      } else at += size;
    }
    if (!found || size > 1) size = size === 1 ? 0 : size >> 1;
  }
  return smallest;
}
