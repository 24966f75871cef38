import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '../../..');
const BUNDLE = join(ROOT, 'out/perf/engine.cjs');

type Engine = Pick<typeof import('../../../server/src/hocon/evaluation/evaluate'), 'evaluate'> &
  Pick<typeof import('../../../server/src/hocon/evaluation/load'), 'loadSources'> &
  Pick<typeof import('../../../server/src/hocon/syntax/parse'), 'parse'> &
  Pick<typeof import('../../../server/src/hocon/values/config-value'), 'toJson'> &
  Pick<typeof import('../../../server/src/service'), 'createLanguageService'>;

let engine: Engine | undefined;

/**
 * The engine as it is shipped, in one bundle. Under the test runner, every file is a separate module, and each use of
 * an imported name is a call, which is several times slower.
 */
export function shipped(): Engine {
  engine ??= load();
  return engine;
}

function load(): Engine {
  mkdirSync(join(ROOT, 'out/perf'), { recursive: true });
  const contents = [
    "export { evaluate } from './server/src/hocon/evaluation/evaluate';",
    "export { loadSources } from './server/src/hocon/evaluation/load';",
    "export { parse } from './server/src/hocon/syntax/parse';",
    "export { toJson } from './server/src/hocon/values/config-value';",
    "export { createLanguageService } from './server/src/service';",
  ].join('\n');
  buildSync({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return createRequire(__filename)(BUNDLE) as Engine;
}
