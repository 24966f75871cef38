import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

const FOLDER = join(__dirname, '../../../syntaxes');

/** `[text, scopes]` of every token, as VS Code itself would color it; the root scope and blank tokens left out. */
export async function tokenize(grammarName: string, text: string): Promise<[string, string][]> {
  const grammar = await (await registry()).loadGrammar(`source.${grammarName}`);
  if (grammar === null) throw new Error(`no grammar ${grammarName}`);
  const tokens: [string, string][] = [];
  let state = INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    if (result.stoppedEarly) throw new Error('gave up');
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const part = line.slice(startIndex, endIndex);
      const own = scopes.slice(1).map((scope) => scope.replace(`.${grammarName}`, ''));
      if (part.trim() !== '') tokens.push([part, own.join(' ')]);
    }
    state = result.ruleStack;
  }
  return tokens;
}

let shared: Promise<Registry> | undefined;

function registry(): Promise<Registry> {
  shared ??= createRegistry();
  return shared;
}

async function createRegistry(): Promise<Registry> {
  const wasm = createRequire(__filename).resolve('vscode-oniguruma/release/onig.wasm');
  await loadWASM(readFileSync(wasm).buffer as ArrayBuffer);
  return new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scopeName) => {
      const file = join(FOLDER, `${scopeName.slice('source.'.length)}.tmLanguage.json`);
      return parseRawGrammar(readFileSync(file, 'utf8'), file);
    },
  });
}
