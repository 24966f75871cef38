// Builds the command where npm installs it from a checkout or from Git, as pre-commit does. Behind `npm install --global`, npm
// prepares a package from Git without its development dependencies, so that they are installed here.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(root, 'node_modules/esbuild'))) {
  if (process.env.npm_config_global !== 'true') process.exit(0);
  run('npm', 'ci', '--global=false', '--ignore-scripts', '--no-audit', '--no-fund');
}
run(process.execPath, 'esbuild.js', '--production', 'cli');
