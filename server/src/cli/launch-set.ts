import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { diskFiles } from '../host/node';
import { LanguageService, type Settings } from '../service';
import { readNamed } from './targets';

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
