import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ResultIds } from '../../../server/src/lsp/diagnostics-delivery';
import { Debouncer, PAUSE_MS, pauseBefore } from '../../../server/src/lsp/scheduling';

describe('Debouncer', () => {
  it('hands a burst over once, each item once', async () => {
    const calls: (readonly string[])[] = [];
    const debouncer = new Debouncer<string>(
      (items) => calls.push(items),
      () => 20,
    );
    debouncer.add('a');
    debouncer.add('b', 'a');
    await sleep(60);
    debouncer.add('c');
    await sleep(60);
    assert.deepEqual(calls, [['a', 'b'], ['c']]);
  });

  it('forgets what waits when it is cancelled', async () => {
    const calls: (readonly string[])[] = [];
    const debouncer = new Debouncer<string>(
      (items) => calls.push(items),
      () => 10,
    );
    debouncer.add('a');
    debouncer.cancel();
    await sleep(30);
    assert.deepEqual(calls, []);
  });
});

describe('the pause before work', () => {
  it('is none where the work is quick, and grows with it up to the longest', () => {
    assert.equal(pauseBefore(40), 0);
    assert.ok(pauseBefore(60) > 0 && pauseBefore(60) < pauseBefore(80));
    assert.equal(pauseBefore(5000), PAUSE_MS);
  });
});

describe('ResultIds', () => {
  it('gives a new id only where the answer differs', () => {
    const ids = new ResultIds();
    const first = ids.idOf('a', [1]);
    assert.equal(ids.idOf('a', [1]), first);
    assert.notEqual(ids.idOf('a', [2]), first);
    assert.notEqual(ids.idOf('a', [1]), first);
    assert.notEqual(ids.idOf('b', [1]), first);
  });
});
