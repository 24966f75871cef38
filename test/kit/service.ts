import { memoryFiles } from '../../server/src/fs/memory';
import type { Settings } from '../../server/src/service';
import { DocumentService } from '../../server/src/service/document-service';
import { type Fixture, fixture, uriOf } from './fixture';

export interface Workbench {
  readonly service: DocumentService;
  readonly fixture: Fixture;
  /** Files on disk; change them and tell the service. */
  readonly disk: Map<string, string>;
  /** The position of the only cursor, and its document. */
  readonly cursor: { readonly uri: string; readonly position: { readonly line: number; readonly character: number } };
}

/**
 * A service over the files of a fixture; the first one is open, all are on disk.
 * @param workspace the files that are in the workspace; without it all are
 */
export function workbench(marked: string, settings: Settings = {}, workspace?: readonly string[]): Workbench {
  const made = fixture(marked);
  const disk = new Map(made.texts);
  const files = memoryFiles(disk);
  const service = new DocumentService({
    files,
    list: async () =>
      workspace?.map(uriOf) ?? [...disk.keys()].filter((uri) => /\.(?:conf|json|properties)$/.test(uri)),
  });
  service.configure(settings);
  service.update(made.main.uri, made.main.text);
  return {
    service,
    fixture: made,
    disk,
    get cursor() {
      const { uri, offset } = made.cursor;
      const before = (made.texts.get(uri) ?? '').slice(0, offset).split('\n');
      return { uri, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
    },
  };
}
