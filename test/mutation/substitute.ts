import { readFileSync } from 'node:fs';
import Module from 'node:module';

/** Loaded before the tests: one file is compiled from another text than its own. */
interface Compiled {
  _compile(code: string, filename: string): void;
}
type Load = (module: Compiled, filename: string) => void;

const { MUTANT_FILE: file, MUTANT_CODE: code = '' } = process.env;
const extensions = (Module as unknown as { readonly _extensions: Record<string, Load> })._extensions;
const load = extensions['.ts'];
if (file !== undefined && load !== undefined) {
  extensions['.ts'] = (module, filename) =>
    filename === file ? module._compile(readFileSync(code, 'utf8'), filename) : load(module, filename);
}
