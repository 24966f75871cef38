/** Gives the object a property whose value is made when it is first read: a file looks at few of the classes of Canton. */
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
