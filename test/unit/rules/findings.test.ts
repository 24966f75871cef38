import { join } from 'node:path';
import { configurationModel } from '../../../schemas/configuration';
import { CANTON_VERSIONS, type CantonVersion, type Edition } from '../../../schemas/version';
import { rules } from '../../../server/src/rules';
import { recording } from '../../kit/recorded';
import { type CheckOptions, checkText } from './check-text';
import { shown } from './shown';
import { KMS_VARIANTS } from './variants/kms';
import { PLACES_VARIANTS } from './variants/places';
import { SETTINGS_VARIANTS } from './variants/settings';

interface Way {
  readonly name: string;
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly isWhole: boolean;
}

/** The ways to check a text: in every version as a whole, and in some as a part or for the other edition. */
const WAYS: readonly Way[] = [
  ...CANTON_VERSIONS.map((version): Way => ({ name: version, version, edition: 'enterprise', isWhole: true })),
  { name: 'part', version: '3.5', edition: 'enterprise', isWhole: false },
  { name: '3.4 community', version: '3.4', edition: 'community', isWhole: true },
  { name: '3.5 community', version: '3.5', edition: 'community', isWhole: true },
];
/** Most rules are about 3.x. */
const WITH_2X = /^(?:a section beside|wrapper keys|what a KMS is missing|keys that Canton|old keys)/;
/** Most texts are about another part of a node. */
const PORTS = 'validate/port-not-set';

/** The text, and below it each finding once, with the ways in which it is found. */
async function findingsIn(text: string, ways: readonly Way[], options: CheckOptions): Promise<string> {
  const found = new Map<string, string[]>();
  for (const { name, ...way } of ways) {
    const model = await configurationModel(way.version, way.edition);
    for (const diagnostic of checkText(text, { model, ...way, ...options })) {
      const line = `${shown(text, diagnostic)} at ${diagnostic.configPath}`;
      found.set(line, [...(found.get(line) ?? []), name]);
    }
  }
  const lines = [...found].map(
    ([line, names]) => `  ${line} in ${names.length === ways.length ? 'all' : names.join(', ')}`,
  );
  const given = Object.entries(options).flatMap(([key, value]) =>
    key === 'off' ? [] : [` ${key} = ${JSON.stringify(value)}`],
  );
  return [JSON.stringify(text) + given.join(), ...lines].join('\n');
}

/** Recorded for what people write, so that no wording, place, fix or version changes unseen. */
describe('the findings', () => {
  const recorded = recording(join(__dirname, 'recorded/findings.txt'), '\n\n');

  const test = (text: string, ways: readonly Way[], options: CheckOptions) => {
    it(`in ${JSON.stringify(text)}`, async () => recorded.compare([await findingsIn(text, ways, options)]));
  };

  for (const { code, examples } of rules) {
    for (const { text, driverSchemas } of [examples.bad, examples.good])
      test(text, WAYS, { off: code === PORTS ? [] : [PORTS], ...(driverSchemas && { driverSchemas }) });
  }

  for (const [name, texts] of Object.entries({ ...KMS_VARIANTS, ...SETTINGS_VARIANTS, ...PLACES_VARIANTS })) {
    const ways = WITH_2X.test(name) ? WAYS : WAYS.filter(({ version }) => version !== '2.10');
    for (const one of texts) {
      const [text, options] = typeof one === 'string' ? [one, {}] : one;
      test(text, ways, { off: name === 'ports' ? [] : [PORTS], ...options });
    }
  }

  it('are recorded for these texts alone', () => recorded.finish());
});
