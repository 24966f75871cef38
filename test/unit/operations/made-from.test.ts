import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { parse } from '../../../server/src/hocon/syntax/parse';
import {
  configurationHash,
  type MadeFrom,
  madeFrom,
  madeFromLine,
  type Present,
  readMadeFrom,
  staleness,
} from '../../../server/src/operations/made-from';

const URI = 'file:///p1.conf';
const launched = (text: string) => {
  const sources = { get: (uri: string) => (uri === URI ? parse(URI, text) : undefined), lookedFor: new Set([URI]) };
  return { roots: [{ uri: URI }], sources, environment: { variables: new Map<string, string>(), closed: false } };
};
const hashOf = (text: string) => configurationHash(launched(text));

const REQUEST = {
  procedure: 'enable-envelope',
  node: 'participants.p1',
  version: '3.5',
  edition: 'enterprise',
} as const;
const MADE: MadeFrom = {
  procedure: 'enable-envelope',
  node: 'participants.p1',
  cantonVersion: '3.5',
  edition: 'enterprise',
  configuration: 'a'.repeat(64),
  answers: 'b'.repeat(64),
};
const NOW: Present = {
  version: '3.5',
  versionSource: 'project',
  edition: 'enterprise',
  editionSource: 'project',
  configuration: MADE.configuration,
};

describe('what a plan is made from', () => {
  it('is the configuration as Canton reads it', async () => {
    const whole = await hashOf('canton { a = 1, b { c = [x, "y"], d = yes } }');
    for (const same of [
      'canton.b { d = yes, c = [x, y] } # e\ncanton { a = 1 }',
      'o = 1\ncanton { a = 1, b { c = ["x", y], d = yes } }',
    ])
      equal(await hashOf(same), whole, same);
    const others = ['', 'canton {}', 'canton.a = 1', 'canton.a = "1"', 'canton.a = true', 'canton.a = [1]'];
    const unknown = [
      'canton.a = ${X}',
      'canton.a = ${Y}',
      'canton.a = 1\ncanton.a = ${?X}',
      'canton.a = ${b}',
      'canton.a = ',
    ];
    const files = [
      'canton.a { include file("x.conf") }',
      'canton.a { include file("y.conf") }',
      'include file("x.conf")',
    ];
    const hashes = await Promise.all([...others, ...unknown, ...files].map(hashOf));
    equal(new Set([...hashes, whole]).size, hashes.length + 1);
  });

  it('is the request with all answers, in any order', async () => {
    const made = (options: Record<string, string>) => madeFrom({ ...REQUEST, options }, launched('canton {}'));
    const { answers, ...others } = await made({ a: '1', b: '2', c: '3' });
    const { answers: _, ...expected } = MADE;
    deepEqual(others, { ...expected, configuration: await hashOf('canton {}') });
    equal((await made({ c: '3', a: '1', b: '2' })).answers, answers);
    for (const options of [
      { a: '1', b: '2' },
      { a: '1', b: '2', c: '4' },
      { a: '1', b: '2', d: '3' },
    ])
      notEqual((await made(options as never)).answers, answers);
  });

  it('is read from a runbook, a script and a plan in JSON', () => {
    const line = madeFromLine(MADE);
    const texts = [`# Runbook\n\n\`${line}\`\n`, `println("${line}")`, ` ${JSON.stringify({ madeFrom: MADE })}`];
    for (const text of texts) deepEqual({ ...readMadeFrom(text) }, MADE, text);
    const broken = [
      '',
      '# Runbook',
      line.slice(0, -1),
      '{',
      '{}',
      '{ "madeFrom": null }',
      '{ "madeFrom": 5 }',
      `{ "a": "${line}" }`,
    ];
    for (const text of broken) equal(readMadeFrom(text), undefined, text);
  });
});

describe('a plan is stale', () => {
  const CHANGED = 'The effective configuration has changed since the plan was made.';
  const VERSION = 'The plan was made for Canton 3.5, and these files are for Canton 3.6.';
  const EDITION = 'The plan was made for the enterprise edition, and these files are for the community edition.';
  const cases: readonly (readonly [now: readonly Partial<Present>[], reasons: readonly string[]])[] = [
    [[{}], []],
    [[], ['These files do not configure participants.p1.']],
    [[{ configuration: 'c' }], [CHANGED]],
    [[{ version: '3.6' }], [VERSION]],
    [[{ version: '3.6', versionSource: 'default' }], []],
    [[{ edition: 'community' }], [EDITION]],
    [[{ edition: 'community', editionSource: 'default' }], []],
    [[{ configuration: 'c', version: '3.6', edition: 'community' }], [CHANGED, VERSION, EDITION]],
    [[{ configuration: 'c', version: '3.6' }, { edition: 'community' }], [EDITION]],
    [[{ edition: 'community' }, {}, { configuration: 'c' }], []],
  ];
  for (const [now, reasons] of cases) {
    it(`for these reasons with ${JSON.stringify(now)}: ${reasons.join(' ') || 'none'}`, () => {
      deepEqual(
        staleness(
          MADE,
          now.map((one) => ({ ...NOW, ...one })),
        ),
        reasons,
      );
    });
  }
});
