/** Defines a property whose value is computed on first read, because a file uses only a few of Canton's classes. */
export function define<T extends object, K extends PropertyKey, V>(
  object: T,
  key: K,
  make: () => V,
): asserts object is T & Record<K, V> {
  Object.defineProperty(object, key, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(object, key, { configurable: true, enumerable: true, value });
      return value;
    },
  });
}
