import type { FileAccess } from '../hocon/source';

/** Files held in a map of URI to text, for tests and texts that are on no disk. */
export function memoryFiles(texts: ReadonlyMap<string, string>): FileAccess {
  return { read: async (uri) => texts.get(uri) };
}
