import type { SemanticTokens } from 'vscode-languageserver';

interface Token {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: number;
  readonly modifiers: number;
}

/** The tokens of the regions of one document as its own. What only stands for something of the host has no place there. */
export function joinTokens(regions: readonly SemanticTokens[]): SemanticTokens {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  let end = 0;
  for (const token of regions.flatMap(({ data }) => tokensOf(data))) {
    if (token.line < line || (token.line === line && token.character < end)) continue;
    const sameLine = token.line === line;
    data.push(token.line - line, sameLine ? token.character - character : token.character);
    data.push(token.length, token.type, token.modifiers);
    line = token.line;
    character = token.character;
    end = token.character + token.length;
  }
  return { data };
}

/** Each token has its place relative to the one before. */
function tokensOf(data: readonly number[]): Token[] {
  const tokens: Token[] = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i + 4 < data.length; i += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    line += lines;
    character = lines === 0 ? character + characters : characters;
    tokens.push({ line, character, length, type, modifiers });
  }
  return tokens;
}
