import { equal } from 'node:assert/strict';
import { normalize } from '../../../server/src/workspace/documents';

describe('the spelling of a URI', () => {
  it('is one for all editors', () => {
    equal(normalize('file:///c%3A/conf/a.conf'), normalize('file:///c:/conf/a.conf'));
  });

  for (const uri of ['//c:\\ %2f\\', 'file://$file:%2f ', 'file://c:\\$\ud83d%2f..\\', 'file:///a b%25.conf']) {
    it(`stays what it is: ${JSON.stringify(uri)}`, () => equal(normalize(normalize(uri)), normalize(uri)));
  }
});
