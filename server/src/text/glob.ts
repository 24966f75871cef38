/**
 * A glob as a pattern for whole paths with `/`: `*` and `?` within a name, `**` for any number of folders, `[a-z]`,
 * `{a,b}`. An unclosed bracket or brace stands for itself.
 */
export function globPattern(glob: string): RegExp {
  return new RegExp(`^${translated(glob)}$`);
}

const PIECES = /\*\*\/|\/\*\*$|\*+|\?|\[(!?)([^\]/]+)\]|\{([^{}/]*)\}|\\.|[^\w]/g;

function translated(glob: string): string {
  return glob.replace(
    PIECES,
    (piece, negated: string | undefined, set: string | undefined, options: string | undefined) => {
      if (piece === '**/') return '(?:.*/)?';
      if (piece === '/**') return '/.*';
      if (piece === '**') return '.*';
      if (piece.startsWith('*')) return '[^/]*';
      if (piece === '?') return '[^/]';
      if (set !== undefined) return `[${negated === '!' ? '^/' : ''}${set.replace(/[\\^]/g, '\\$&')}]`;
      if (options !== undefined) return `(?:${options.split(',').map(translated).join('|')})`;
      return piece.length === 2 ? `\\${piece[1]}` : `\\${piece}`;
    },
  );
}
