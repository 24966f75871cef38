import type { FilesInput, TextInput } from '../case';
import { mutate } from './mutate';
import { Random } from './random';
import { validText, validTextWithIncludes } from './valid';
import { variantFolder, variantText } from './variants';

const ENV = { HOST: 'localhost', PORT: '80' };

/** The text that `seed` and `index` represent: half of the texts are valid, and the others have faults. */
export function generateText(seed: number, index: number): string {
  const random = new Random(seed, index);
  const text = validText(random);
  return index % 2 === 0 ? text : mutate(random, text, validText(random));
}

export function generateTextCase(seed: number, index: number): TextInput {
  const input = withoutLoneSurrogates(generateText(seed, index));
  return /HOST|PORT/.test(input) ? { input, env: ENV } : { input };
}

/** Three files that include each other, one or two of them as the launch set. */
export function generateFilesCase(seed: number, index: number): FilesInput {
  const random = new Random(seed, index);
  const names = ['a', 'b', 'sub/c', 'none'];
  const text = () => {
    const valid = validTextWithIncludes(random, names);
    return withoutLoneSurrogates(random.oneIn(8) ? mutate(random, valid, validText(random)) : valid);
  };
  const files = { 'a.conf': text(), 'b.conf': text(), 'sub/c.conf': text() };
  return { files, roots: random.oneIn(2) ? ['a.conf'] : ['a.conf', 'b.conf'], env: ENV };
}

/** A handwritten text, joined with others or with added faults. */
export function generateVariant(seed: number, index: number): TextInput {
  const variant = variantText(new Random(seed, index));
  return { ...variant, input: withoutLoneSurrogates(variant.input) };
}

/** A handwritten folder with files that are joined, included once more, or faulty. */
export function generateFilesVariant(seed: number, index: number): FilesInput {
  const variant = variantFolder(new Random(seed, index));
  const files = Object.entries(variant.files).map(([name, text]) => [name, withoutLoneSurrogates(text)] as const);
  return { ...variant, files: Object.fromEntries(files) };
}

/** Half an emoji cannot be written to a file. */
function withoutLoneSurrogates(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
}
