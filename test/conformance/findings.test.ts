import { join } from 'node:path';
import { assertRecorded } from '../kit/recorded';
import { checkText } from '../unit/rules/check-text';
import { firstOfEach } from '../unit/rules/shown';
import { configuration, LINES } from './canton/case';
import { matrix } from './canton/matrix';

/** The first and the newest with the readers of today. */
const VERSIONS: ReadonlySet<string> = new Set(['3.3', '3.5']);

/** Recorded, so that no change of wording, location or fix goes unnoticed. */
describe('the findings', () => {
  it('in crypto sections of every form', () => {
    const found = matrix().flatMap(({ text, lines }) =>
      LINES.filter((line) => lines.includes(line) && VERSIONS.has(line)).flatMap((line) => {
        const whole = configuration(text, line);
        return checkText(whole, { version: line }).map((one) => [whole, one] as const);
      }),
    );
    assertRecorded(join(__dirname, 'findings/in-crypto-sections.txt'), firstOfEach(found));
  });
});
