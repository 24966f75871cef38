import { join } from 'node:path';
import { configurationModel } from '../../../schemas/configuration';
import { CANTON_VERSIONS } from '../../../schemas/version';
import type { Diagnostic } from '../../../server/src/model/diagnostic';
import { rules } from '../../../server/src/rules';
import { assertRecorded } from '../../kit/recorded';
import { checkText } from './check-text';
import { firstOfEach } from './shown';

/** Recorded for what people write, so that no wording, place or fix changes unseen. */
describe('the findings', () => {
  it('in the examples of the rules, in every version', async () => {
    const texts = rules.flatMap(({ examples: { bad, good } }) => [bad.text, good.text]);
    const found: (readonly [string, Diagnostic])[] = [];
    for (const version of CANTON_VERSIONS) {
      const model = await configurationModel(version, 'enterprise');
      for (const text of texts)
        for (const isWhole of [true, false])
          for (const one of checkText(text, { version, model, isWhole })) found.push([text, one]);
    }
    assertRecorded(join(__dirname, 'recorded/in-examples.txt'), firstOfEach(found));
  });
});
