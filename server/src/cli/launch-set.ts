import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { diskFiles } from '../fs/node';
import { LanguageService, type Settings } from '../service';
import type { Snapshot } from '../workspace/snapshot';
import { readNamed } from './targets';

/**
 * The launch sets that the files stand for: several files are one set, in order; a single one is in the sets that the
 * project file declares with it, or else alone.
 */
export async function openSets(
  files: readonly string[],
  cwd: string,
  settings: Settings,
): Promise<{ readonly service: LanguageService; readonly snapshots: readonly Snapshot[] }> {
  const { service, set, uris } = await openSet(files, cwd, settings);
  const [first, ...others] = uris;
  if (first === undefined || others.length > 0) return { service, snapshots: [await service.snapshotOf(set)] };
  return { service, snapshots: await service.snapshots(first) };
}

/** The named files as one launch set, ready to be asked; unreadable ones are usage errors. */
export async function openSet(files: readonly string[], cwd: string, settings: Settings) {
  const service = new LanguageService({ files: diskFiles, list: async () => [] });
  service.configure(settings);
  const uris: string[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    const uri = URI.file(path).toString();
    service.update(uri, await readNamed(path, cwd));
    uris.push(uri);
  }
  return { service, set: await service.setOf(uris), uris };
}
