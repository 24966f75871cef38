import { evaluate } from '../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../server/src/hocon/syntax/parse';
import { toJson } from '../../server/src/hocon/values/config-value';
import { commentsOf } from '../kit/comments';

/**
 * The configuration that Canton would read from files, with the first one as its argument, with and without an
 * environment variable.
 */
export function effective(texts: ReadonlyMap<string, string>, ignored: readonly string[] = []): unknown[] {
  const [uri = ''] = texts.keys();
  const trees = new Map([...texts].map(([one, text]) => [one, parse(one, text)]));
  return [{}, { HOME: 'set' }].map((variables) => {
    const environment = { variables: new Map(Object.entries(variables)), closed: true };
    const sources = { get: (one: string) => trees.get(one), lookedFor: new Set(trees.keys()) };
    const { root, problems } = evaluate([{ uri }], sources, environment);
    const json = toJson(root) as Record<string, unknown>;
    for (const key of ignored) delete json[key];
    return [json, problems.map(({ code }) => code).sort()];
  });
}

export function comments(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => commentsOf(parse('file:///a.conf', text)).map((comment) => comment.trim())).sort();
}
