import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANTON_VERSIONS, type CantonVersion } from '../../schemas/version';
import { rules } from '../../server/src/rules';
import type { Upgrade } from '../../server/src/service';
import { uriOf } from '../kit/fixture';
import { workbench } from '../kit/service';

const MAIN = uriOf('main.conf');

describe('an upgrade of anything', () => {
  it('predicts every change of verdict of all examples between any two versions, and invents none', async () => {
    const folder = join(__dirname, '../../examples');
    const files = readdirSync(folder, { encoding: 'utf8' }).filter((name) => name.endsWith('.conf'));
    const examples = files.map((name) => readFileSync(join(folder, name), 'utf8'));
    const texts = [...examples, ...rules.flatMap(({ examples: { bad, good } }) => [bad.text, good.text])];
    let changes = 0;
    for (const text of texts) {
      const verdicts = new Map<CantonVersion, readonly string[]>();
      for (const version of CANTON_VERSIONS) verdicts.set(version, await errorsOf(text, version));
      for (const from of CANTON_VERSIONS) {
        const bench = workbench(text, { force: { version: from, edition: 'enterprise' } });
        for (const to of CANTON_VERSIONS.filter((version) => isNext(from, version))) {
          const [only] = (await bench.service.upgrade([MAIN], to)).upgrades as [Upgrade];
          const [old = [], fresh = []] = [verdicts.get(from), verdicts.get(to)];
          assert.deepEqual(keysOf(only, 'refused'), minus(fresh, old), `${from} to ${to}: ${text}`);
          assert.deepEqual(keysOf(only, 'accepted'), minus(old, fresh), `${from} to ${to}: ${text}`);
          changes += only.changes.length;
        }
      }
    }
    assert.ok(changes > 500, `${changes} changes`);
  }).timeout(600_000);
});

const isNext = (from: CantonVersion, to: CantonVersion) =>
  Math.abs(CANTON_VERSIONS.indexOf(from) - CANTON_VERSIONS.indexOf(to)) === 1;

async function errorsOf(text: string, version: CantonVersion): Promise<readonly string[]> {
  const { service } = workbench(text, { force: { version, edition: 'enterprise' } });
  const { files } = await service.check([MAIN], true);
  const found = [...files.values()].flatMap(({ diagnostics }) => diagnostics);
  return found
    .filter(({ severity }) => severity === 'error')
    .map(({ code, configPath, range }) => `${code} ${configPath} ${range.start.line}`);
}

function keysOf(upgrade: Upgrade, kind: string): string[] {
  return upgrade.changes
    .filter((change) => change.kind === kind)
    .map(({ code, configPath, place }) => `${code} ${configPath} ${place?.line}`)
    .sort();
}

function minus(a: readonly string[], b: readonly string[]): string[] {
  const left = [...b];
  const rest = a.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return rest.sort();
}
