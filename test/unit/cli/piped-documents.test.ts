import { deepEqual, equal } from 'node:assert/strict';
import { isYamlStream, pipedDocuments } from '../../../server/src/cli/piped-documents';

describe('documents from standard input', () => {
  it('have their kind and name, wherever these stand', () => {
    const text = `# Source: a
---
apiVersion: v1
kind: ConfigMap
metadata:
  labels:
    name: no
  name: "one"
---
apiVersion: v1
kind: List
items: []
`;
    deepEqual(pipedDocuments(text), [
      { name: undefined, end: { line: 1, character: 0 } },
      { name: 'ConfigMap/one', end: { line: 8, character: 0 } },
      { name: undefined, end: { line: 13, character: 0 } },
    ]);
  });

  it('are the items of a list', () => {
    const item = (name: string) =>
      `- apiVersion: v1\n  data:\n    name: x\n  kind: Secret\n  metadata:\n    name: ${name}\n`;
    const names = pipedDocuments(`apiVersion: v1\nitems:\n${item('a')}${item('b')}kind: List\n`).map(
      ({ name }) => name,
    );
    deepEqual(names, [undefined, 'Secret/a', 'Secret/b']);
  });

  it('are the items of a list at any indentation, also with the name beside its key', () => {
    const text = `apiVersion: v1
kind: List
items:
    - kind: ConfigMap
      apiVersion: v1
      metadata:
          labels: {name: no}
          name: one
    - apiVersion: v1
      kind: ConfigMap
      metadata: {namespace: x, name: two}
`;
    deepEqual(
      pipedDocuments(text).map(({ name }) => name),
      [undefined, 'ConfigMap/one', 'ConfigMap/two'],
    );
  });

  it('are the items of a list of JSON, on one line or several', () => {
    const item = (name: string) => ({
      apiVersion: 'v1',
      data: { 'app.conf': 'kind = { "metadata": { "name": "no" } }', name: 'no' },
      kind: 'ConfigMap',
      metadata: { labels: { name: 'no' }, name },
      spec: { kind: 'no', metadata: { name: 'no' } },
    });
    const list = { apiVersion: 'v1', items: [item('a'), item('b')], kind: 'List', metadata: { resourceVersion: '' } };
    for (const space of [undefined, 4]) {
      const text = JSON.stringify(list, null, space);
      const documents = pipedDocuments(text);
      deepEqual(
        documents.map(({ name }) => name),
        ['ConfigMap/a', 'ConfigMap/b'],
      );
      const lines = text.split('\n');
      for (const { end } of documents) equal(lines[end.line]?.[end.character], '}');
    }
  });

  it('are told from HOCON', () => {
    equal(isYamlStream('{"items":[{"apiVersion":"v1"}],"kind":"List"}'), true);
    equal(isYamlStream('{\n  "apiVersion": "v1",\n  "items": [] }\n'), true);
    equal(isYamlStream('{ "canton": { "kind": 1 } }\n'), false);
    equal(isYamlStream('---\nkind: x\n'), true);
    equal(isYamlStream('apiVersion: v1\n'), true);
    equal(isYamlStream('canton { participants { p { kms: x } } }\n'), false);
  });
});
