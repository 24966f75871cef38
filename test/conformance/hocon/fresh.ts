import type { FilesInput, TextInput } from './case';
import { compare } from './compare';
import { askEngine } from './engine';
import { generateFilesCase, generateFilesVariant, generateTextCase, generateVariant } from './generator/cases';
import { askOracle } from './oracle';

const AT_ONCE = 2000;

const GENERATORS = [generateTextCase, generateVariant, generateFilesCase, generateFilesVariant] as const;

/** Compares Lightbend config and our engine on inputs that are not recorded. */
async function compareFresh(seed: number, count: number): Promise<number> {
  let differences = 0;
  for (const generate of GENERATORS) {
    let compared = 0;
    for (let from = 0; from < count; from += AT_ONCE) {
      const size = Math.min(AT_ONCE, count - from);
      const inputs = Array.from({ length: size }, (_, i): TextInput | FilesInput => generate(seed, from + i));
      const verdicts = await askOracle(inputs);
      for (const [i, input] of inputs.entries()) {
        const verdict = verdicts[i];
        if (verdict === undefined) continue;
        compared++;
        const difference = compare(verdict, await askEngine(input));
        if (difference === undefined) continue;
        differences++;
        console.log(`${generate.name} ${from + i}: ${difference}\n  ${JSON.stringify(input)}`);
      }
    }
    console.log(`${generate.name}: ${compared} compared`);
  }
  return differences;
}

const [seed = `${Date.now() % 1_000_000}`, count = '2000'] = process.argv.slice(2);
console.log(`seed ${seed}, ${count} of each kind`);
compareFresh(Number(seed), Number(count)).then((differences) => {
  console.log(`${differences} differ`);
  process.exitCode = differences === 0 ? 0 : 1;
});
