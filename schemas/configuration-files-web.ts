import type { ConfigurationFiles, LoadData } from './configuration-files';
import { CANTON_VERSIONS } from './version';

/** Reads a file of the extension's `dist/data/configuration`; undefined if the client does not provide it. */
export type ReadData = (name: string) => Promise<string | undefined>;

let readData: ReadData = async () => undefined;

/** Sets the source of the data; called once, before the first check. */
export function readDataBy(read: ReadData): void {
  readData = read;
}

/**
 * Replaces `configuration-files.ts` in the server for web workers, which has no disk: the client provides the files of
 * the extension, so that a page loads only the data of the versions that it needs.
 */
export const FILES: ConfigurationFiles = Object.fromEntries(
  CANTON_VERSIONS.map((version) => [version, () => dataOf(version)]),
);

export const SPLICE: LoadData = () => dataOf('splice');
export const KEY_VERSIONS: LoadData = () => dataOf('key-versions');
export const USAGE: LoadData = () => dataOf('usage');
export const DESCRIPTIONS: LoadData = () => dataOf('descriptions');

async function dataOf(name: string): Promise<{ readonly default: unknown }> {
  const text = await readData(`${name}.json`);
  return { default: text === undefined ? undefined : JSON.parse(text) };
}
