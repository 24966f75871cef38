import { deepEqual } from 'node:assert/strict';
import { checkText } from '../../rules/check-text';

const errors = (text: string) =>
  checkText(text)
    .filter(({ severity }) => severity === 'error')
    .map(({ configPath }) => configPath);

describe('a section whose type is not known', () => {
  it('has the faults that it has with every type', () => {
    deepEqual(errors('canton.participants.p1.crypto.kms { type = ${TYPE}, region = { a = 1 }, audit-logging = 5 }'), [
      'canton.participants.p1.crypto.kms.region',
      'canton.participants.p1.crypto.kms.audit-logging',
    ]);
  });

  it('has none that another type may not have', () => {
    deepEqual(errors('canton.participants.p1.crypto.kms { type = ${TYPE}, region = x, project-id = y }'), []);
    deepEqual(errors('canton.participants.p1.crypto.kms { type = ${TYPE}, audit-logging = ${LOG} }'), []);
  });
});
