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
