import type { FileAccess } from '../../server/src/hocon/source';

/** Files held in a map of URI to text. */
export function memoryFiles(texts: ReadonlyMap<string, string>): FileAccess {
  return { read: async (uri) => texts.get(uri) };
}
