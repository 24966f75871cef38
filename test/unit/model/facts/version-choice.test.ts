import { deepEqual, equal } from 'node:assert/strict';
import { chooseVersion, readDirective } from '../../../../server/src/model/facts/version-choice';

describe('the Canton version', () => {
  it('is that of the directive, then the project, then the setting, then 3.5', () => {
    const all = { directive: { version: '3.3' }, project: { version: '3.4' }, setting: { version: '3.6' } } as const;
    equal(chooseVersion(all).version, '3.3');
    equal(chooseVersion({ ...all, directive: undefined }).version, '3.4');
    deepEqual(chooseVersion({ setting: all.setting }), {
      version: '3.6',
      versionSource: 'setting',
      edition: 'enterprise',
      editionSource: 'default',
    });
    equal(chooseVersion({}).version, '3.5');
  });

  it('and the edition are chosen apart', () => {
    const choice = chooseVersion({ directive: { version: '3.4' }, project: { edition: 'community' } });
    deepEqual([choice.version, choice.edition, choice.editionSource], ['3.4', 'community', 'project']);
  });

  it('is read from a comment anywhere in the file', () => {
    const text = 'a = 1\n  // canton-kms: version = 3.4, edition = community\nb = 2';
    const directive = readDirective(text);
    deepEqual([directive?.version, directive?.edition, directive?.problems], ['3.4', 'community', []]);
    equal(
      text.slice(directive?.range.start, directive?.range.end),
      '  // canton-kms: version = 3.4, edition = community',
    );
  });

  it('may be one of a release of the line', () => {
    equal(readDirective('# canton-kms: version = 3.4.11')?.version, '3.4');
    equal(readDirective('# canton-kms: version = 3.40')?.version, undefined);
  });

  it('says what is wrong with a directive, and where', () => {
    const text = '# canton-kms: version = 3.99, foo';
    const faults = readDirective(text)?.problems ?? [];
    deepEqual(
      faults.map(({ range }) => text.slice(range.start, range.end)),
      ['version = 3.99', 'foo'],
    );
    equal(faults[0]?.message.includes("'3.99'"), true);
  });

  it('is not read from a value', () => equal(readDirective('a = "# canton-kms: version = 3.4"'), undefined));
});

describe('a directive', () => {
  it('has for each part its range, and what is wrong with it', () => {
    const text = 'x\n\t//canton-kms:  version: 3.3.1 ,  splice = 0.0.0,edition = free, edition=community ,, \nb';
    const directive = readDirective(text);
    deepEqual([directive?.version, directive?.release, directive?.edition], ['3.3', '3.3.1', 'community']);
    deepEqual(
      directive?.problems.map(({ range, message }) => [text.slice(range.start, range.end), message]),
      [
        ['splice = 0.0.0', "The Canton version of Splice '0.0.0' is not known."],
        ['edition = free', "Unknown edition 'free'. Use community, enterprise."],
        ['', "'' cannot be read. Write `version = 3.5` or `edition = community`."],
        ['', "'' cannot be read. Write `version = 3.5` or `edition = community`."],
      ],
    );
    deepEqual(directive?.range, { start: 2, end: text.indexOf(' \nb') });
  });

  it('has the range of a part that also occurs before it', () => {
    for (const text of ['#canton-kms: :', '# canton-kms:\ts', '//canton-kms:canton-kms:']) {
      const [{ range = undefined } = {}] = readDirective(text)?.problems ?? [];
      equal(text.slice(range?.start), text.slice(text.indexOf('canton-kms:') + 'canton-kms:'.length).trim(), text);
    }
  });

  it('may name a release of Splice', () => {
    deepEqual([readDirective('# canton-kms: splice = 0.5.10')?.version], ['3.4']);
  });

  it('is only the first, and none inside a line', () => {
    equal(readDirective('a = 1 # canton-kms: version = 3.4'), undefined);
    equal(readDirective('# canton-kms: edition = community\n# canton-kms: version = 3.3')?.version, undefined);
  });

  it('names a release that is chosen with its version only', () => {
    const release = (requested: Parameters<typeof chooseVersion>[0]) => chooseVersion(requested).release;
    equal(
      release({ project: { version: '3.4', release: '3.4.11' }, setting: { version: '3.5', release: '3.5.2' } }),
      '3.4.11',
    );
    equal(release({ project: { version: '3.4' }, setting: { version: '3.5', release: '3.5.2' } }), undefined);
    equal(release({ project: { edition: 'community' }, image: { version: '3.5', release: '3.5.2' } }), '3.5.2');
  });

  it('may be empty, or end where its words do', () => {
    const text = '# canton-kms:';
    const directive = readDirective(text);
    deepEqual(
      [directive?.version, directive?.problems.map(({ range }) => range)],
      [undefined, [{ start: 13, end: 13 }]],
    );
    const cut = '# canton-kms: canton-kms: x';
    deepEqual(
      readDirective(cut)?.problems.map(({ range }) => cut.slice(range.start, range.end)),
      ['canton-kms: x'],
    );
  });

  it('is a default where no source names a version', () => {
    deepEqual(chooseVersion({ setting: {}, project: { edition: undefined } }), {
      version: '3.5',
      versionSource: 'default',
      edition: 'enterprise',
      editionSource: 'default',
    });
  });
});
