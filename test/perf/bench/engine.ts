import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import { memoryFiles } from '../../kit/memory-files';
import { agreement } from './agreement';
import { configOfSize, type Equivalents } from './config';
import { type Contender, measure } from './measure';
import { oursToJson, PARSERS } from './parsers';
import { requirePeer } from './peers';
import { shipped } from './shipped';
import { type Column, table } from './table';

const SIZES = [
  { name: '10 KB', characters: 10_000 },
  { name: '100 KB', characters: 100_000 },
  { name: '1 MB', characters: 1_000_000 },
  { name: '10 MB', characters: 10_000_000 },
];

/** From this size on, only contenders that took less than this for a tenth of the size take part. */
const SLOW_MS = 1500;

/** @returns Markdown */
export async function benchEngine(log: (line: string) => void): Promise<string> {
  const columns: Column[] = [];
  const slow = new Set<string>();
  for (const { name, characters } of SIZES) {
    log(name);
    const texts = configOfSize(characters);
    const contenders = contendersFor(texts).filter((one) => !slow.has(one.name));
    const times = await measure(contenders, log);
    for (const { name: who } of contenders) if ((times.get(who) ?? Number.POSITIVE_INFINITY) > SLOW_MS) slow.add(who);
    columns.push({ name, times });
  }
  return [
    'To a tree with the place of everything, beside the same content in JSON and YAML:',
    table(columns, 'our parse', ['our parse', 'jsonc-parser parseTree', 'yaml parseDocument']),
    'From text to the resolved JSON:',
    table(columns, 'our parse and resolve', ['our parse and resolve', ...PARSERS.slice(1).map(({ name }) => name)]),
    await correctness(),
    'From an edit anywhere to all diagnostics of the document, with every rule, as the editor asks for them:',
    table(columns, 'our full check', ['our full check']),
  ].join('\n\n');
}

function contendersFor({ hocon, json, yaml }: Equivalents): Contender[] {
  const { parse } = shipped();
  const { parseTree } = requirePeer('jsonc-parser') as { parseTree(text: string): unknown };
  return [
    { name: 'our parse', run: () => parse('file:///bench.conf', hocon) },
    { name: 'jsonc-parser parseTree', run: () => parseTree(json) },
    { name: 'yaml parseDocument', run: () => parseDocument(yaml) },
    { name: 'our parse and resolve', run: () => oursToJson(hocon) },
    ...PARSERS.slice(1).map((parser) => ({ name: parser.name, run: () => parser.toJson(hocon) })),
    fullCheck(hocon),
  ];
}

function fullCheck(hocon: string): Contender {
  const uri = 'file:///bench.conf';
  const { createLanguageService } = shipped();
  const service = createLanguageService({ files: memoryFiles(new Map()), list: async () => [] });
  let round = 0;
  return {
    name: 'our full check',
    run: async () => {
      service.update(uri, `${hocon}# ${round++}\n`);
      await service.diagnostics(uri);
    },
  };
}

async function correctness(): Promise<string> {
  const { hocon } = configOfSize(5000);
  const right = await oursToJson(hocon);
  const lines: string[] = [];
  for (const parser of PARSERS) {
    const result = await Promise.resolve()
      .then(() => parser.toJson(hocon))
      .catch(() => undefined);
    const same = isDeepStrictEqual(JSON.parse(JSON.stringify(result ?? null)), right);
    const share = ((await agreement(parser.name)) * 100).toFixed(1);
    lines.push(`| ${parser.name} | ${same ? 'yes' : 'no'} | ${share} % |`);
  }
  return [
    'How far these can be compared: whether they read this very configuration as Lightbend config does, and how many of',
    'the recorded texts of `test/conformance/hocon` they read, or refuse, as it does.',
    '',
    '| library | this configuration | recorded texts |',
    '| --- | --- | --- |',
    ...lines,
  ].join('\n');
}
