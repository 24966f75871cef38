import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../host/cache';
import { startProcess, stopProcess, within } from '../host/processes';
import { use } from './kit/hooks';
import { openPage } from './kit/session';

describe('npm start', () => {
  it('opens the examples in a browser’s VS Code, with the extension at work, until Ctrl-C', async () => {
    const args = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'scripts/start.ts'), '--web'];
    const child = startProcess(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: withoutDisplay() });
    try {
      const url = await within(printedUrl(child.stdout as NodeJS.ReadableStream), 300, 'npm start');
      const workbench = await use(openPage(url, join(ROOT, 'examples')));
      await workbench.status('Canton configuration').waitFor();
      await workbench.status('Canton 3.5').waitFor();
      await workbench.squiggles('error').first().waitFor();
      child.kill('SIGINT');
      deepEqual(await within(once(child, 'exit'), 20, 'The end after Ctrl-C'), [130, null]);
      equal(
        await fetch(url).then(
          () => 'still there',
          () => 'gone',
        ),
        'gone',
      );
    } finally {
      await stopProcess(child);
    }
  });
});

/** The browser of the person who runs the tests is not opened. */
function withoutDisplay(): NodeJS.ProcessEnv {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return env;
}

async function printedUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  let said = '';
  for await (const text of stdout) {
    said += text;
    const url = /http:\/\/127\.0\.0\.1:\d+\/\S+(?=\s)/.exec(said)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`no address was printed:\n${said}`);
}
