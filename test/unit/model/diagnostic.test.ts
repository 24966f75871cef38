import { deepEqual } from 'node:assert/strict';
import { internalFault, isPlainFix } from '../../../server/src/model/diagnostic';

describe('a fault of this product', () => {
  it('is a warning at the start of the file, with the failed action and the error', () => {
    const uri = 'file:///a.conf';
    const rest = 'This is a bug in canton-kms. Please report it.';
    deepEqual(internalFault('Checking failed', new TypeError('x is not a function'), uri), {
      code: 'internal/fault',
      severity: 'warning',
      message: `Checking failed: TypeError: x is not a function. ${rest}`,
      uri,
      range: { start: 0, end: 0 },
    });
    deepEqual(internalFault('Checking failed', 'why', uri).message, `Checking failed: why. ${rest}`);
  });
});

describe('a fix', () => {
  it('is applied with others where it is preferred, and has no value to fill in', () => {
    const fix = { title: '', edits: [] };
    deepEqual(
      [fix, { ...fix, preferred: true }, { ...fix, preferred: true, draft: true }, { ...fix, draft: false }].map(
        isPlainFix,
      ),
      [false, true, false, false],
    );
  });
});
