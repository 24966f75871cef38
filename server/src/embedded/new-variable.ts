import type { HostEdit } from './notation';
import type { EmbeddedRegion } from './region';

/** Read behind the chart's own variable and behind most others, which are read in the order of their names. */
const NAME = 'ADDITIONAL_CONFIG_SETTINGS';

/**
 * A new variable of a container with HOCON that no present one can take: an entry of the list or of the map that a
 * present one is in, or the list of the chart's variables where there is none.
 *
 * @param host a YAML document
 * @param regions HOCON of one launch in it
 * @return the edit for some HOCON; undefined where the document has no place for it
 */
export function newVariable(
  host: string,
  regions: readonly EmbeddedRegion[],
): ((hocon: string) => HostEdit) | undefined {
  const eol = host.includes('\r\n') ? '\r\n' : '\n';
  if (host.includes(NAME)) return undefined;
  const last = regions.filter(({ kind }) => kind === 'yaml-block').at(-1);
  const entry = last === undefined ? ownList(host) : besides(host, last);
  return (
    entry &&
    ((hocon) => {
      const { at, head, indent } = entry;
      const lines = hocon.trim().split('\n');
      const block = lines.map((line) => (line === '' ? '' : indent + line));
      const before = at > 0 && host[at - 1] !== '\n' ? [''] : [];
      return {
        range: { start: at, end: at },
        newText: [...before, ...head, ...block].join(eol) + (before.length === 0 ? eol : ''),
      };
    })
  );
}

interface Entry {
  /** Where it is written: the end of a line, or the end of the document. */
  readonly at: number;
  readonly head: readonly string[];
  /** Of the HOCON. */
  readonly indent: string;
}

/** Behind the variable that a region is the value of. */
function besides(host: string, { map, label }: EmbeddedRegion): Entry | undefined {
  const lines = host.slice(0, map.host.start).split('\n');
  const end = host.indexOf('\n', Math.max(map.host.start, map.host.end - 1));
  const at = end < 0 ? host.length : end;
  for (const line of lines.reverse().slice(0, 10)) {
    const [, blanks = '', isItem = ''] = /^( *)(- +)?(?:name: *)?["']?([A-Za-z_][\w.-]*)["']?/.exec(line) ?? [];
    if (!line.includes(label)) continue;
    if (isItem !== '' && line.includes('name:')) {
      const inner = `${blanks}${' '.repeat(isItem.length)}`;
      return { at, head: [`${blanks}${isItem}name: ${NAME}`, `${inner}value: |`], indent: `${inner}  ` };
    }
    if (new RegExp(`^ *${label}: `).test(line)) return { at, head: [`${blanks}${NAME}: |`], indent: `${blanks}  ` };
    return undefined;
  }
  return undefined;
}

/** The chart's list of variables, where the document has none. */
function ownList(host: string): Entry | undefined {
  if (/^\s*additionalEnvVars\s*:/m.test(host)) return undefined;
  return {
    at: host.length,
    head: ['additionalEnvVars:', `  - name: ${NAME}`, '    value: |'],
    indent: '      ',
  };
}
