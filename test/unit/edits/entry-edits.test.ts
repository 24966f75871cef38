import assert from 'node:assert/strict';
import { applyChanges } from '../../../server/src/edits/changes';
import {
  inserted,
  listed,
  movedInto,
  movedOut,
  removed,
  renamed,
  replaced,
} from '../../../server/src/edits/entry-edits';
import { type HoconObject, Raw } from '../../../server/src/edits/hocon-text';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { entryAt } from '../../../server/src/hocon/values/config-value';
import type { TextChange } from '../../../server/src/model/diagnostic';

function opened(name: string, text: string) {
  const tree = parse(`file:///${name}`, text);
  const { root } = evaluate(
    [{ uri: tree.uri }],
    { get: () => tree, lookedFor: new Set([tree.uri]) },
    { variables: new Map(), closed: false },
  );
  const definitions = (path: string) => entryAt(root, path.split('.'))?.definitions ?? [];
  const last = (path: string) => {
    const found = definitions(path).at(-1);
    assert.ok(found, `${path} is written`);
    return found;
  };
  const result = (changes: readonly TextChange[] | undefined) => changes && applyChanges(text, changes);
  return { trees: { tree: () => tree }, definitions, last, result };
}

const JSON_TEXT = '{\n  "crypto": {\n    "kms": {\n      "type": "aws"\n    },\n    "empty": {}\n  }\n}\n';

describe('changes of an entry in a JSON file', () => {
  const file = opened('node.json', JSON_TEXT);
  const insert = (path: string, entries: HoconObject) => file.result(inserted(file.trees, file.last(path), entries));

  it('insert a key with quotes and a comma, on a line of its own', () => {
    assert.equal(
      insert('crypto.kms', { region: 'us-east-1' }),
      JSON_TEXT.replace('"aws"\n', '"aws",\n      "region": "us-east-1"\n'),
    );
  });

  it('insert a section into empty braces, and HOCON text as the value that it stands for', () => {
    const text = insert('crypto.empty', {
      kms: new Raw('{ type = aws, n = 5, delay = 10s, flags = [on, "a b"] }'),
      one: true,
    });
    const { empty } = JSON.parse(text ?? '').crypto;
    assert.deepEqual(empty, { kms: { type: 'aws', n: 5, delay: '10s', flags: ['on', 'a b'] }, one: true });
  });

  it('rename, replace, remove and move', () => {
    const own = opened(
      'node.json',
      '{"crypto": {"kms": {"type": "aws", "provider": "kms", "list": ["a"]}, "regoin": "x"}}',
    );
    const { trees, definitions, last, result } = own;
    const read = (changes: readonly TextChange[] | undefined) => JSON.parse(result(changes) ?? 'null').crypto;
    const kms = { type: 'aws', provider: 'kms', list: ['a'] };
    assert.deepEqual(read(renamed(trees, definitions('crypto.regoin'), 'region')), { kms, region: 'x' });
    const { uri, value: range } = last('crypto.kms.type');
    assert.equal(read(replaced(trees, { uri, range }, 'gcp')).kms.type, 'gcp');
    assert.deepEqual(read(removed(trees, definitions('crypto.kms'))), { regoin: 'x' });
    assert.deepEqual(read(listed(trees, last('crypto.kms.list'), 'b')).kms.list, ['a', 'b']);
    assert.deepEqual(read(movedInto(trees, definitions('crypto.regoin'), ['kms'])), { kms: { ...kms, regoin: 'x' } });
    assert.deepEqual(read(movedInto(trees, definitions('crypto.regoin'), ['new'])), { kms, new: { regoin: 'x' } });
    const { provider, ...rest } = kms;
    assert.deepEqual(read(movedOut(trees, definitions('crypto.kms.provider'))), { kms: rest, provider, regoin: 'x' });
  });

  it('are refused where JSON has no way to write them', () => {
    assert.equal(insert('crypto.kms', { region: new Raw('${AWS_REGION}') }), undefined);
  });
});

describe('changes of an entry in a properties file', () => {
  const TEXT = '# our node\na.crypto.kms.type = aws\na.crypto.regoin = x\n';
  const file = opened('node.properties', TEXT);

  it('insert a line with the whole path', () => {
    const entries = { region: 'us east=1', retries: { failures: { 'max-retries': 3 } }, path: 'C:\\keys' };
    const text = file.result(inserted(file.trees, file.last('a.crypto.kms'), entries)) ?? '';
    assert.equal(
      text,
      TEXT.replace(
        '= aws\n',
        '= aws\na.crypto.kms.region = us east=1\na.crypto.kms.retries.failures.max-retries = 3\na.crypto.kms.path = C:\\\\keys\n',
      ),
    );
    const after = opened('node.properties', text);
    const { value } = after.last('a.crypto.kms.path');
    assert.equal(text.slice(value.start, value.end), 'C:\\\\keys');
  });

  it('rename, replace, remove and move', () => {
    const { trees, definitions, last, result } = file;
    const [regoin] = [definitions('a.crypto.regoin')];
    assert.equal(result(renamed(trees, regoin, 'region')), TEXT.replace('regoin', 'region'));
    assert.equal(result(removed(trees, regoin)), TEXT.replace('a.crypto.regoin = x\n', ''));
    assert.equal(result(movedInto(trees, regoin, ['kms'])), TEXT.replace('regoin', 'kms.regoin'));
    assert.equal(result(movedOut(trees, definitions('a.crypto.kms.type'))), TEXT.replace('kms.type', 'type'));
    const { uri, value: range } = last('a.crypto.kms.type');
    assert.equal(result(replaced(trees, { uri, range }, '"a b"')), TEXT.replace('aws', 'a b'));
  });

  it('are refused where the format has no way to write them', () => {
    const insert = (entries: HoconObject) => inserted(file.trees, file.last('a.crypto.kms'), entries);
    assert.equal(insert({ 'a.b': 1 }), undefined);
    assert.equal(insert({ list: new Raw('[1, 2]') }), undefined);
    assert.equal(insert({ config: {} }), undefined);
    assert.equal(insert({ region: new Raw('${AWS_REGION}') }), undefined);
  });
});
