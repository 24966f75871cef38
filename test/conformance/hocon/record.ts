import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asObject, type FilesInput, isFiles, type Recorded, type TextInput, type Theme, type Verdict } from './case';
import { generateFilesCase, generateFilesVariant, generateTextCase, generateVariant } from './generator/cases';
import { THEMES } from './inputs/index';
import { askOracle } from './oracle';

const SEED = 20240;
const RECORDED = join(import.meta.dirname, 'recorded');
const LONGEST_MESSAGE = 120;

/** Generated inputs, in addition to handwritten ones. */
const ALL: readonly Theme[] = [
  ...THEMES,
  { name: 'generated-texts', inputs: Array.from({ length: 4000 }, (_, i) => generateTextCase(SEED, i)) },
  { name: 'generated-folders', inputs: Array.from({ length: 500 }, (_, i) => generateFilesCase(SEED, i)) },
  { name: 'generated-variants', inputs: Array.from({ length: 2000 }, (_, i) => generateVariant(SEED, i)) },
  { name: 'generated-folder-variants', inputs: Array.from({ length: 300 }, (_, i) => generateFilesVariant(SEED, i)) },
];

async function record(): Promise<void> {
  for (const name of await readdir(RECORDED)) await rm(join(RECORDED, name));
  const inputs = ALL.flatMap((theme) => theme.inputs.map(asObject));
  const answers = await askOracle(inputs);
  let next = 0;
  for (const { name, inputs: own } of ALL) {
    const recorded: Recorded[] = [];
    for (const input of own.map(asObject)) {
      const answer = answers[next++];
      if (answer === undefined) console.error(`${name}: no end with ${JSON.stringify(input)}`);
      else recorded.push({ ...input, ...describe(name, answer, input) });
    }
    const lines = recorded.map((one) => JSON.stringify(one));
    await writeFile(join(RECORDED, `${name}.json`), `[\n${lines.join(',\n')}\n]\n`);
    console.log(
      `${name}: ${recorded.length}, of which ${recorded.filter((one) => one.error === undefined).length} accepted`,
    );
  }
}

function describe(theme: string, { message, file, ...verdict }: Verdict, input: TextInput | FilesInput): Verdict {
  const where = file !== undefined && isFiles(input) ? { file } : {};
  const words = message !== undefined && !theme.startsWith('generated') ? { message: shorten(message) } : {};
  return { ...verdict, ...where, ...words };
}

function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}

void record();
