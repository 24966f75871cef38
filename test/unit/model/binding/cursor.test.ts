import { deepEqual, equal } from 'node:assert/strict';
import type { ConfigEntry, ConfigObject, Definition, Unknown } from '../../../../server/src/hocon/values/config-value';
import {
  type Cursor,
  configOf,
  cursorOf,
  innerCursor,
  isOverridable,
  isReplaceable,
  isWritten,
  mayHoldKeys,
  sourceOfMoreKeys,
  unknownsOf,
} from '../../../../server/src/model/binding/cursor';
import { locationOfEntry, locationOfKey } from '../../../../server/src/model/binding/locations';
import type { Location } from '../../../../server/src/text/location';
import { launch } from '../../hocon/launch';

const URI = 'file:///a.conf';
const at = (start: number, end = start + 1, uri = URI): Location => ({ uri, range: { start, end } });
const unknown = (cause: Unknown['cause'], location = at(0), subject = cause as string): Unknown => ({
  cause,
  subject,
  location,
});

describe('the text that a problem of a value underlines', () => {
  const cases: readonly (readonly [what: string, text: string, underlined: string, origin?: string])[] = [
    ['is the value', 'a = 15', '15'],
    ['is the last one', 'a = 15\na = 16', '16'],
    ['is the key of a section', 'a { b = 1 }', 'a'],
    ['is a list', 'a = [1, 2]', '[1, 2]'],
    ['is a substitution, of a value before', 'x = 15\na = ${x}', '${x}', '15'],
    ['is a substitution, of a value behind', 'a = ${x}\nx = 15', '${x}', '15'],
    ['is the key of a section from a substitution', 'x { b = 1 }\na = ${x}', 'a'],
  ];
  for (const [what, text, underlined, origin] of cases) {
    it(what, async () => {
      const { entry, text: textOf } = await launch({ 'a.conf': text });
      const found = locationOfEntry(entry('a'));
      deepEqual([textOf(found.location.range), found.origin && textOf(found.origin.range)], [underlined, origin]);
    });
  }

  it('is a substitution of a value that another file has at the same place', async () => {
    const main = 'include "b.conf"\na = ${x}';
    const other = `x =${' '.repeat(main.indexOf('${x}') - 2)}15`;
    const { entry } = await launch({ 'a.conf': main, 'b.conf': other });
    equal(locationOfEntry(entry('a')).origin?.uri, 'file:///conf/b.conf');
  });

  it('is that of a value without a text of its own', () => {
    const entry: ConfigEntry = { value: { kind: 'null', origin: at(3) }, definitions: [] };
    deepEqual([locationOfEntry(entry), locationOfKey(entry, at(5))], [{ location: at(3) }, at(5)]);
  });

  it('is the last key for a problem of a key', async () => {
    const { entry } = await launch({ 'a.conf': 'a = 1\na = 2' });
    deepEqual(locationOfKey(entry('a'), at(9)).range, { start: 6, end: 7 });
  });
});

describe('the place of a value that is read', () => {
  const outer: Cursor = { ...cursorOf([], entryOf([definition(2)]), []), location: at(7) };
  it('is its own, or that of the section around a default', () => {
    const own = innerCursor(['a'], entryOf([definition(2)]), [], outer);
    const ofDefault = innerCursor(['a'], entryOf([]), [unknown('url')], outer);
    deepEqual([own.location, own.entry !== undefined], [at(6, 8), true]);
    deepEqual([ofDefault.location, ofDefault.entry, ofDefault.unknowns.length], [at(7), undefined, 1]);
  });

  it('is at its key, or where a substitution takes it from', () => {
    const cursor = cursorOf([], entryOf([definition(2), definition(20)]), []);
    const places = [at(6, 8), at(7, 8), at(6, 7), at(24, 26), at(5, 8), at(6, 9), at(6, 8, 'file:///b.conf')];
    deepEqual(
      places.map((place) => isWritten(place, cursor)),
      [true, true, true, true, false, false, false],
    );
    equal(isWritten(at(6, 8), { ...cursor, entry: undefined }), false);
  });
});

describe('a part that is not known', () => {
  it('may hold keys unless it is a variable', () => {
    deepEqual(
      [[], [unknown('environment')], [unknown('url')], [unknown('environment'), unknown('include')]].map(mayHoldKeys),
      [false, false, true, true],
    );
  });

  it('holds no keys where it is only a condition of a template', () => {
    const template = (subject: string) => mayHoldKeys([unknown('url', at(0), `https:${subject}`)]);
    for (const condition of ['{{ if .a }}', '{{- else }}', '{{ end }}', '{% if a %}', '{%- for x in y %}'])
      equal(template(condition), false, condition);
    for (const expression of ['{{ .a }}', '{{ include "x" }}', '{{ iffy }}', '{% set a %}'])
      equal(template(expression), true, expression);
    equal(mayHoldKeys([unknown('url', at(0), 'https://{{ if }}')]), true);
  });

  it('is the source of more keys', () => {
    const template = unknown('url', at(0), 'https:{{ .a }}');
    const source = (unknowns: readonly Unknown[], around: readonly Unknown[] = []) =>
      sourceOfMoreKeys(unknowns, { ...cursorOf([], entryOf([]), []), unknowns: around });
    deepEqual(
      [
        source([]),
        source([unknown('environment')]),
        source([template], [template]),
        source([template]),
        source([unknown('rest')]),
        source([unknown('rest'), template], [template]),
        source([unknown('rest'), unknown('include')]),
        source([unknown('include')], [unknown('include')]),
      ],
      ['none', 'none', 'paths', 'anywhere', 'rest', 'rest', 'anywhere', 'anywhere'],
    );
    const file = unknown('include');
    equal(source([file], [file]), 'anywhere');
  });

  const replaceable = (...unknowns: Unknown[]) => {
    const cursor = { ...cursorOf([], entryOf([definition(2), definition(20)]), []), unknowns };
    return [isReplaceable(cursor), isOverridable(cursor)];
  };
  const template = (location: Location) => unknown('url', location, 'https:{{ x }}');
  const cases: readonly (readonly [what: string, unknowns: readonly Unknown[], is: readonly [boolean, boolean]])[] = [
    ['no part', [], [false, false]],
    ['a file that is included behind it', [unknown('include', at(21))], [true, true]],
    ['a file that is included before it', [unknown('include', at(19))], [false, false]],
    ['a file that is included at its key', [unknown('include', at(20))], [false, false]],
    ['a file of another file', [unknown('include', at(0, 1, 'file:///b.conf'))], [true, true]],
    ['a variable', [unknown('environment', at(30))], [false, false]],
    ['the other files of a launch', [unknown('rest', at(30))], [false, false]],
    ['an address', [unknown('url', at(30), 'https://x')], [true, true]],
    ['a template', [template(at(30))], [true, false]],
    ['a template and a file', [template(at(30)), unknown('include', at(30))], [true, true]],
    ['a file that is named as a template', [unknown('include', at(30), 'https:{{ x }}')], [true, true]],
  ];
  for (const [what, unknowns, is] of cases) {
    it(`may replace a value, or one that must be correct: ${what}`, () => deepEqual(replaceable(...unknowns), is));
  }

  it('replaces no default', () => {
    const cursor = { ...cursorOf([], entryOf([]), []), unknowns: [unknown('url')] };
    deepEqual([isReplaceable(cursor), isReplaceable({ ...cursor, entry: undefined })], [false, false]);
  });

  it('is passed on to the sections inside where it is a file or a value that does not exist', () => {
    const passed = (...unknowns: Unknown[]) => {
      const own = unknown('url');
      const object: ConfigObject = { kind: 'object', entries: new Map(), unknowns: [own], origin: at(0) };
      const outer: Cursor = { path: [], value: object, entry: undefined, location: at(0), unknowns };
      return unknownsOf(object, outer).map(({ subject }) => subject);
    };
    const problem = (code: string) => unknown('problem', at(0), code);
    deepEqual(passed(problem('hocon/include-missing'), problem('hocon/unresolved')), [
      'hocon/include-missing',
      'hocon/unresolved',
      'url',
    ]);
    deepEqual(passed(problem('hocon/file-missing')), ['hocon/file-missing', 'url']);
    deepEqual(passed(problem('hocon/syntax'), unknown('include', at(0), 'hocon/include')), ['url']);
  });
});

describe('a default', () => {
  it('is the value that would be written', () => {
    const value = configOf({ a: 'x', b: 1.5, c: true, d: ['y'] }, at(4));
    const entries = value.kind === 'object' ? [...value.entries] : [];
    deepEqual(
      entries.map(([name, entry]) => [
        name,
        entry.value.kind,
        entry.definitions.length,
        entry.value.origin.range.start,
      ]),
      [
        ['a', 'string', 0, 4],
        ['b', 'number', 0, 4],
        ['c', 'boolean', 0, 4],
        ['d', 'list', 0, 4],
      ],
    );
    deepEqual(configOf(1.5, at(0)), { kind: 'number', value: 1.5, text: '1.5', origin: at(0) });
    deepEqual(configOf(['y'], at(0)), { kind: 'list', elements: [configOf('y', at(0))], origin: at(0) });
    deepEqual(configOf(false, at(0)), { kind: 'boolean', value: false, origin: at(0) });
  });
});

/** `k = 15` with its key at an offset. */
function definition(start: number): Definition {
  return { uri: URI, key: { start, end: start + 1 }, value: { start: start + 4, end: start + 6 } };
}

function entryOf(definitions: readonly Definition[]): ConfigEntry {
  const { start, end } = definitions.at(-1)?.value ?? { start: 0, end: 0 };
  return { value: { kind: 'number', value: 15, text: '15', origin: at(start, end) }, definitions };
}
