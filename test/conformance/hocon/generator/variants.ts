import { asObject, type FilesInput, isFiles, type TextInput } from '../case';
import { THEMES } from '../inputs/index';
import { mutate } from './mutate';
import type { Random } from './random';
import { validText } from './valid';

/*
 * The handwritten inputs in other contexts: next to and inside each other, with added faults, and included in every
 * way.
 */

const OWN = THEMES.flatMap(({ inputs }) => inputs.map(asObject));
const TEXTS = OWN.filter((input): input is TextInput => !isFiles(input));
const FOLDERS = OWN.filter(isFiles);

export function variantText(random: Random): TextInput {
  const one = random.pick(TEXTS);
  const two = random.pick(TEXTS);
  const other = random.oneIn(3) ? validText(random) : two.input;
  let input = one.input;
  if (random.oneIn(3)) input += random.pick(['\n', '\n', '\n\n', ',', ' ']) + other;
  if (random.oneIn(3)) input = random.oneIn(2) ? `x { ${input}\n}` : `x = [${input}\n]\n${other}`;
  if (!random.oneIn(4)) input = mutate(random, input, other);
  return { ...one, input: comparable(input), env: { ...two.env, ...one.env } };
}

export function variantFolder(random: Random): FilesInput {
  const one = random.pick(FOLDERS);
  const two = random.pick(FOLDERS);
  const files = random.oneIn(3) ? together(one.files, two.files) : { ...one.files };
  const names = Object.keys(files);
  for (let i = random.below(3); i >= 0; i--) {
    const name = random.pick(names);
    files[name] = comparable(variantFile(random, files[name] as string, files, names));
  }
  const roots = random.oneIn(4) ? [random.pick(names), random.pick(names)] : one.roots.filter((name) => name in files);
  const env = { ...two.env, ...one.env };
  return { files, roots, env, ...((one.cwd || random.oneIn(8)) && { cwd: true }) };
}

function variantFile(random: Random, text: string, files: FilesInput['files'], names: readonly string[]): string {
  const other = random.oneIn(2) ? validText(random) : (files[random.pick(names)] as string);
  switch (random.below(6)) {
    case 0:
      return `${other}\n${text}`;
    case 1:
      return `${text}\n${other}`;
    case 2:
      return `${random.pick(['a', 'b', 'x.y', 'a.b'])} { ${text}\n}`;
    case 3:
      return mutate(random, text, other);
    case 4:
      return `${includeOf(random, names)}\n${text}`;
    default:
      return `${text}\n${random.pick(['a', 'b.c'])} { ${includeOf(random, names)} }`;
  }
}

function includeOf(random: Random, names: readonly string[]): string {
  const name = random.pick(names);
  const target = JSON.stringify(random.oneIn(2) ? name : name.replace(/\.(conf|json|properties)$/, ''));
  const how = ['', '', 'required(', 'file(', 'required(file(', 'classpath('];
  const opening = random.pick(how);
  return `include ${opening}${target}${')'.repeat(opening.split('(').length - 1)}`;
}

/** The files of both folders, as far as a file system can hold them together. */
function together(one: FilesInput['files'], two: FilesInput['files']): Record<string, string> {
  const files = { ...one };
  for (const [name, text] of Object.entries(two)) {
    const isFree = Object.keys(files).every(
      (taken) => taken !== name && !taken.startsWith(`${name}/`) && !name.startsWith(`${taken}/`),
    );
    if (isFree) files[name] = text;
  }
  return files;
}

/** The text without URLs, which the reference would fetch, and without a byte order mark, which it keeps in `.properties`. */
function comparable(text: string): string {
  return text.replaceAll('url(', 'file(').replace(/^\ufeff/, '');
}
