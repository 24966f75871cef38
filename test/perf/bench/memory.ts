import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryFiles } from '../../kit/memory-files';
import { shipped } from './shipped';

const OPENED = [250, 500, 1000, 2000];
const CHECKED = [750, 1500, 3000, 6000];
const EDITED = [2500, 5000, 10_000, 20_000];

/** What is left in the heap after so much work; it should not grow with it, but for what the work itself gives. @returns Markdown */
export async function benchMemory(log: (line: string) => void): Promise<string> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const heap = async (work: () => Promise<unknown>) => {
    const held = await work();
    gc();
    const used = process.memoryUsage().heapUsed / 2 ** 20;
    // What the work gives is looked at behind it, so that it is not let go before.
    if (held === undefined) throw new Error('nothing was done');
    return `${used.toFixed(1)} MB`;
  };
  const row = async (name: string, counts: readonly number[], work: (count: number) => Promise<unknown>) => {
    log(name);
    const cells: string[] = [];
    for (const count of counts) cells.push(`${count}: ${await heap(() => work(count))}`);
    return `| ${name} | ${cells.join(' | ')} |`;
  };
  return [
    '| heap in use after so many | | | | |',
    '| --- | ---: | ---: | ---: | ---: |',
    await row('documents opened, looked at and closed', OPENED, openAndClose),
    await row('edits of one document', EDITED, edit),
    await row('files checked at once, with what was found in them', CHECKED, check),
  ].join('\n');
}

const uriOf = (i: number) => `file:///bench/n${i}.conf`;
const textOf = (i: number) =>
  `canton.participants.p${i} {\n  storage.type = postgres\n  crypto { provider = kms, kms { type = aws, region = us-east-${i % 3} } }\n}\n`;

async function openAndClose(count: number): Promise<unknown> {
  const service = shipped().createLanguageService({ files: memoryFiles(new Map()), list: async () => [] });
  for (let i = 0; i < count; i++) {
    service.update(uriOf(i), textOf(i));
    await service.diagnostics(uriOf(i));
    await service.dependents(uriOf(i));
    if (i >= 20) service.close(uriOf(i - 20));
  }
  return service;
}

async function edit(count: number): Promise<unknown> {
  const service = shipped().createLanguageService({ files: memoryFiles(new Map()), list: async () => [] });
  for (let i = 0; i < count; i++) {
    service.update(uriOf(0), textOf(i));
    await service.diagnostics(uriOf(0));
  }
  return service;
}

async function check(count: number): Promise<unknown> {
  const texts = new Map(Array.from({ length: count }, (_, i) => [uriOf(i), textOf(i)]));
  const service = shipped().createLanguageService({ files: memoryFiles(texts), list: async () => [...texts.keys()] });
  return service.check([...texts.keys()], false);
}
