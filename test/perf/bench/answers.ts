import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { LanguageService } from '../../../server/src/service';
import { memoryFiles } from '../../kit/memory-files';
import { configOfSize } from './config';
import { type Contender, measure } from './measure';
import { shipped } from './shipped';
import { type Column, table } from './table';

const SIZES = [
  { name: '10 KB', characters: 10_000 },
  { name: '100 KB', characters: 100_000 },
  { name: '1 MB', characters: 1_000_000 },
];
const EDITS = [100, 1000, 10_000];
const EDITED_SIZE = 10_000;

/** The time that editors wait for an answer after an edit, and the memory of a long session. @returns Markdown */
export async function benchAnswers(log: (line: string) => void): Promise<string> {
  const columns: Column[] = [];
  for (const { name, characters } of SIZES) {
    log(name);
    const { hocon } = configOfSize(characters);
    columns.push({ name, times: await measure(contendersFor(hocon), log) });
  }
  return [
    'From an edit to the answer, beside a parse of the same text and nothing else:',
    table(columns, 'our parse', ['our parse', 'completion', 'hover', 'definition']),
    'Heap in use after so many edits, each with its diagnostics, completion, hover and definition:',
    await memory(log),
  ].join('\n\n');
}

const URI = 'file:///bench.conf';

function contendersFor(text: string): Contender[] {
  return [
    { name: 'our parse', run: () => shipped().parse(URI, text) },
    ...Object.entries(requestsOn(text)).map(([name, ask]) => {
      const service = serviceOf();
      let round = 0;
      return {
        name,
        run: async () => {
          service.update(URI, `${text}# ${round++}\n`);
          await ask(service);
        },
      };
    }),
  ];
}

type Ask = (service: LanguageService) => Promise<void>;

/** Each request in the last node must have an answer, because an empty one would be fast as well. */
function requestsOn(text: string): Record<'completion' | 'hover' | 'definition', Ask> {
  const key = positionIn(text, 'multi-region-key', 5);
  const value = positionIn(text, '_shared.region', 0);
  const reference = positionIn(text, '_shared.region', 10);
  return {
    completion: async (service) => answered(await service.completion(URI, key, { snippets: true })),
    hover: async (service) => answered(await service.hover(URI, value)),
    definition: async (service) => answered(await service.definition(URI, reference)),
  };
}

function answered(answer: object | undefined): void {
  if (answer === undefined || (Array.isArray(answer) && answer.length === 0)) throw new Error('there is no answer');
}

function positionIn(text: string, word: string, behind: number) {
  const before = text.slice(0, text.lastIndexOf(word) + behind).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function serviceOf(): LanguageService {
  const { createLanguageService } = shipped();
  return createLanguageService({ files: memoryFiles(new Map()), list: async () => [] });
}

async function memory(log: (line: string) => void): Promise<string> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { hocon } = configOfSize(EDITED_SIZE);
  const service = serviceOf();
  const requests = Object.values(requestsOn(hocon));
  const used: string[] = [];
  let edits = 0;
  for (const target of EDITS) {
    for (; edits < target; edits++) {
      service.update(URI, `${hocon}# ${edits}\n`);
      await service.diagnostics(URI);
      for (const ask of requests) await ask(service);
    }
    collect();
    used.push(`${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MB`);
    log(`  ${target} edits: ${used.at(-1)}`);
  }
  const head = `| ${EDITS.map((count) => `${count} edits`).join(' | ')} |`;
  return [head, `|${EDITS.map(() => ' ---: |').join('')}`, `| ${used.join(' | ')} |`].join('\n');
}
