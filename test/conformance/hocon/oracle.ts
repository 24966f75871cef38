import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type FilesInput, isFiles, type TextInput, type Verdict } from './case';

const TARGET = join(import.meta.dirname, 'oracle', 'target');

/** `none` if the reference does not terminate. */
type Reply = Verdict | { readonly error: 'none'; readonly message: string };

/**
 * Runs the reference on each input, in a process with only the input's environment.
 * @returns undefined for inputs with which the reference does not terminate
 */
export async function askOracle(inputs: readonly (TextInput | FilesInput)[]): Promise<(Verdict | undefined)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hocon-oracle-'));
  try {
    const lines = await Promise.all(inputs.map((input, i) => writeInput(join(folder, `${i}`), input)));
    const answers = new Map<number, Verdict>();
    for (const [process, members] of groupByProcess(inputs, folder)) {
      const { cwd, env } = JSON.parse(process) as { cwd: string; env: Record<string, string> };
      const output = await runOracle(members.map((i) => lines[i]).join('\n'), cwd, env);
      for (const [k, i] of members.entries()) {
        const reply = JSON.parse(output[k] ?? '') as Reply;
        if (reply.error !== 'none') answers.set(i, withoutFolder(reply, join(folder, `${i}/`)));
      }
    }
    return inputs.map((_, i) => answers.get(i));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns the paths of its launch set, joined by `|` */
async function writeInput(folder: string, input: TextInput | FilesInput): Promise<string> {
  const files = isFiles(input) ? input.files : { [`input.${input.syntax ?? 'conf'}`]: input.input };
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  const roots = isFiles(input) ? input.roots : Object.keys(files);
  return roots.map((name) => join(folder, name)).join('|');
}

function groupByProcess(inputs: readonly (TextInput | FilesInput)[], folder: string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  inputs.forEach((input, i) => {
    const cwd = isFiles(input) && input.cwd ? join(folder, `${i}`) : folder;
    const key = JSON.stringify({ cwd, env: input.env ?? {} });
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  return groups;
}

async function runOracle(lines: string, cwd: string, env: Record<string, string>): Promise<string[]> {
  const classPath = [join(TARGET, 'classes'), readFileSync(join(TARGET, 'classpath'), 'utf8').trim()].join(delimiter);
  const home = process.env.JAVA_HOME;
  const java = home === undefined ? findOnPath('java') : join(home, 'bin', 'java');
  const child = spawn(java, ['-cp', classPath, 'oracle.Main'], {
    cwd,
    // Java takes the encoding of file names from the locale.
    env: { ...env, LC_ALL: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`${lines}\n`);
  return (await text(child.stdout)).trimEnd().split('\n');
}

/** The child gets the `PATH` of the case. */
function findOnPath(program: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const folder of folders) {
    try {
      readFileSync(join(folder, program));
      return join(folder, program);
    } catch {}
  }
  throw new Error(`There is no ${program} on the PATH.`);
}

function withoutFolder(verdict: Verdict, folder: string): Verdict {
  return verdict.message === undefined ? verdict : { ...verdict, message: verdict.message.replaceAll(folder, '') };
}
