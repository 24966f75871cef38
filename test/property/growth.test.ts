import assert from 'node:assert/strict';
import { LAYERED } from '../perf/fuzz/layered';
import { runTask } from '../perf/fuzz/run';
import { WORK } from '../perf/fuzz/work';

describe('merging and looking back', function () {
  this.timeout(600_000);

  it('cost no more than in proportion to the text, counted in operations', async () => {
    // In a thread, because counting wraps JavaScript built-ins.
    const task = { kind: 'growth', seed: 0, from: 0, to: LAYERED.length, step: 1 } as const;
    const { checked, failures } = await runTask(task, 1, { seconds: 600, secondsForOne: 100 });
    assert.deepEqual(
      failures.map(({ index, reason }) => `${LAYERED[index]?.name}: ${reason}`),
      [],
    );
    assert.equal(checked, LAYERED.length);
  });

  for (const [index, { name }] of WORK.entries()) {
    it(`cost no more than in proportion where ${name}`, async () => {
      const task = { kind: 'work', seed: 0, from: index, to: index + 1, step: 1 } as const;
      const { failures } = await runTask(task, 1, { seconds: 600, secondsForOne: 600 });
      assert.deepEqual(
        failures.map(({ reason }) => reason),
        [],
      );
    });
  }
});
