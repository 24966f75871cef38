import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

const FOLDER = join(__dirname, '../../../syntaxes');

/** A replacement for VS Code's Markdown grammar, with prose only. The grammars of code are injected into it. */
const MARKDOWN = { scopeName: 'text.html.markdown', patterns: [{ match: '.+', name: 'meta.paragraph.markdown' }] };
const IN_MARKDOWN = 'markdown.hocon.codeblock';

/** `[text, scopes]` of every token, as VS Code itself would color it; the root scope and blank tokens left out. */
export async function tokenize(grammarName: string, text: string): Promise<[string, string][]> {
  const grammar = await (await registry()).loadGrammar(
    grammarName === 'markdown' ? MARKDOWN.scopeName : `source.${grammarName}`,
  );
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
    getInjections: (scopeName) => (scopeName === MARKDOWN.scopeName ? [IN_MARKDOWN] : undefined),
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scopeName) => {
      if (scopeName === MARKDOWN.scopeName) return parseRawGrammar(JSON.stringify(MARKDOWN), 'markdown.json');
      const name = scopeName === IN_MARKDOWN ? 'markdown-hocon' : scopeName.slice('source.'.length);
      const file = join(FOLDER, `${name}.tmLanguage.json`);
      return parseRawGrammar(readFileSync(file, 'utf8'), file);
    },
  });
}
