import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { ResultIds } from '../../../server/src/lsp/diagnostics-delivery';
import { Debouncer, PAUSE_MS, pauseBefore } from '../../../server/src/lsp/scheduling';

describe('Debouncer', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('hands a burst over once, each item once', () => {
    const calls: (readonly string[])[] = [];
    const debouncer = new Debouncer<string>(
      (items) => calls.push(items),
      () => 20,
    );
    debouncer.add('a');
    debouncer.add('b', 'a');
    mock.timers.tick(60);
    debouncer.add('c');
    mock.timers.tick(60);
    assert.deepEqual(calls, [['a', 'b'], ['c']]);
  });

  it('forgets what waits when it is cancelled', () => {
    const calls: (readonly string[])[] = [];
    const debouncer = new Debouncer<string>(
      (items) => calls.push(items),
      () => 10,
    );
    debouncer.add('a');
    debouncer.cancel();
    mock.timers.tick(30);
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
