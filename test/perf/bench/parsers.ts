import { requirePeer } from './peers';
import { shipped } from './shipped';

/** A HOCON library: text to resolved JSON; it may throw. */
export interface HoconParser {
  readonly name: string;
  toJson(text: string): unknown;
}

export async function oursToJson(text: string): Promise<unknown> {
  const { evaluate, loadSources, parse, toJson } = shipped();
  const uri = 'file:///bench.conf';
  const roots = [{ uri }];
  const sources = await loadSources(roots, { read: async () => text }, { parse });
  const { root, problems } = evaluate(roots, sources, { variables: new Map(), closed: true });
  const error = problems.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(error.message);
  return toJson(root);
}

export const PARSERS: readonly HoconParser[] = [
  { name: 'ours', toJson: oursToJson },
  {
    name: '@pushcorn/hocon-parser',
    toJson: (text) =>
      (requirePeer('@pushcorn/hocon-parser') as { parse(o: object): unknown }).parse({ text, strict: true }),
  },
  { name: 'hocon-parser', toJson: (text) => (requirePeer('hocon-parser') as (text: string) => unknown)(text) },
  {
    name: '@tkint/hocon-parser',
    toJson: (text) => (requirePeer('@tkint/hocon-parser') as { parseHocon(t: string): unknown }).parseHocon(text),
  },
];
