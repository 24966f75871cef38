import { join } from 'node:path';
import { evaluate } from '../../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { toJson } from '../../../server/src/hocon/values/config-value';
import { MUTATIONS, MUTATIONS_OF_JSON, type Mutation } from '../../kit/mutations';
import { assertRecorded } from '../../kit/recorded';

const CONF = `# the node
_shared { region = eu }
node {
  admin.port = 5
  keys = [
    { id = "a", use = sign }
    {
      id = "b"
    }
  ]
  names = [one, two]
  storage = \${_shared} {
    hosts = [
      "h1",
      "h2"
    ]
    type = memory
  }
  wait = 10 seconds
}
after = 2
`;
const JSON_TEXT = `{
  "node": {
    "port": 5,
    "keys": [
      { "id": "a" },
      "b"
    ],
    "storage": {
      "type": "memory"
    }
  },
  "after": 2
}
`;

/** Every mistake of a kind at every place: what is reported where, and what is left of the values. */
function outcomes(uri: string, intact: string, { name, make }: Mutation): string[] {
  const whole = leavesOf(evaluated(uri, intact).value);
  return [...make(intact)].map(({ text, at }) => {
    const { value, problems } = evaluated(uri, text);
    const leaves = leavesOf(value);
    const lost = [...whole].filter(([path, leaf]) => leaves.get(path) !== leaf).map(([path]) => path);
    const gained = [...leaves].filter(([path]) => !whole.has(path)).map(([path, leaf]) => `${path}=${leaf}`);
    const place = (offset: number) => {
      const before = text.slice(0, offset).split('\n');
      return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    };
    const reported = problems.map(
      ({ code, range }) => `${code} ${place(range.start)} ${JSON.stringify(text.slice(range.start, range.end))}`,
    );
    return `${name} at ${place(at)}: ${reported.join(', ') || 'nothing'}; lost ${lost.join(' ') || 'nothing'}; new ${gained.join(' ') || 'nothing'}`;
  });
}

function evaluated(uri: string, text: string) {
  const tree = parse(uri, text);
  const sources = { get: (one: string) => (one === uri ? tree : undefined), lookedFor: new Set([uri]) };
  const { root, problems } = evaluate([{ uri }], sources, { variables: new Map(), closed: false });
  return { value: toJson(root), problems };
}

function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
  const inner = Object.entries(value).flatMap(([key, one]) => [...leavesOf(one, path === '' ? key : `${path}.${key}`)]);
  return new Map(inner.length === 0 ? [[path, Array.isArray(value) ? '[]' : '{}']] : inner);
}

describe('a mistake at any place', () => {
  it('of a configuration is reported where it is, and spares the other values', () => {
    const lines = MUTATIONS.flatMap((mutation) => outcomes('file:///a.conf', CONF, mutation));
    assertRecorded(join(__dirname, 'recorded/mistakes-in-conf.txt'), lines);
  });

  it('of a JSON file is reported where it is, and spares the other values', () => {
    const lines = MUTATIONS_OF_JSON.flatMap((mutation) => outcomes('file:///a.json', JSON_TEXT, mutation));
    assertRecorded(join(__dirname, 'recorded/mistakes-in-json.txt'), lines);
  });
});
