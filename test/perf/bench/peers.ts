import { createRequire } from 'node:module';
import { join } from 'node:path';
import { dependencies } from '../peers/package.json';

/**
 * The packages that the bench compares with have a manifest of their own, so that nothing else installs them; and a folder
 * of their own, so that the bench itself does not import what they depend on.
 */
const requireFromPeers = createRequire(join(__dirname, '../peers/package.json'));
export const PEERS = join(__dirname, '../peers/node_modules');

/** Throws, with what to do, where one of them is not installed: a bench that ends halfway has cost minutes. */
export function checkPeers(): void {
  for (const name of Object.keys(dependencies)) resolvePeer(name);
}

/** The main module of a package that the bench compares with. Throws, with what to do, where they are not installed. */
export function requirePeer(name: string): unknown {
  return requireFromPeers(resolvePeer(name));
}

/** The path of a package's main module, or of another file of it. Throws as {@link requirePeer} does. */
export function resolvePeer(path: string): string {
  try {
    return requireFromPeers.resolve(path);
  } catch {
    throw new Error(`${path} is missing. The bench compares with other packages: npm ci --prefix test/perf/peers`);
  }
}
