import type { FileAccess, LanguageService, ServiceSettings } from '../../server/src/service';
import { withEmbedded } from '../../server/src/service/embedded';
import { hoconService } from '../../server/src/service/hocon-service';
import { createWorkspace, type Workspace } from '../../server/src/workspace/workspace';
import { type Fixture, fixture, uriOf } from './fixture';
import { memoryFiles } from './memory-files';

export interface Workbench {
  readonly service: LanguageService;
  /** The parts of the service, for tests of what it does not expose. */
  readonly workspace: Workspace;
  readonly fixture: Fixture;
  /** Files on disk; change them and tell the service. */
  readonly disk: Map<string, string>;
  /** The position of the only cursor, and its document. */
  readonly cursor: { readonly uri: string; readonly position: { readonly line: number; readonly character: number } };
}

/**
 * A service over the files of a fixture; the first one is open, all are on disk.
 * @param listed the files in the workspace; by default, all of them
 * @param more other functions of the disk
 */
export function workbench(
  marked: string,
  settings: ServiceSettings = {},
  listed?: readonly string[],
  more: Partial<FileAccess> = {},
): Workbench {
  const made = fixture(marked);
  const disk = new Map(made.texts);
  const files = { ...memoryFiles(disk), ...more };
  const workspace = createWorkspace({
    files,
    list: async () => listed?.map(uriOf) ?? [...disk.keys()].filter((uri) => /\.(?:conf|json|properties)$/.test(uri)),
    carriers: async () => [...disk.keys()],
  });
  const service = withEmbedded(hoconService(workspace), workspace);
  service.configure(settings);
  service.update(made.main.uri, made.main.text);
  return {
    service,
    workspace,
    fixture: made,
    disk,
    get cursor() {
      const { uri, offset } = made.cursor;
      const before = (made.texts.get(uri) ?? '').slice(0, offset).split('\n');
      return { uri, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
    },
  };
}
