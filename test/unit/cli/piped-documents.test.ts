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
      { name: undefined, endLine: 1 },
      { name: 'ConfigMap/one', endLine: 8 },
      { name: undefined, endLine: 13 },
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

  it('are told from HOCON', () => {
    equal(isYamlStream('{\n  "apiVersion": "v1",\n  "items": [] }\n'), true);
    equal(isYamlStream('{ "canton": { "kind": 1 } }\n'), false);
    equal(isYamlStream('---\nkind: x\n'), true);
    equal(isYamlStream('apiVersion: v1\n'), true);
    equal(isYamlStream('canton { participants { p { kms: x } } }\n'), false);
  });
});
