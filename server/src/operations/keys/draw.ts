import { withVisibleControls } from '../../text/encoders/controls';
import { mermaidLabel } from '../../text/encoders/mermaid';
import type { HeldKey, KeyHierarchy } from './hierarchy';

/** The hierarchy as a text tree: each key with its holder, and the consequences of losing it. */
export function drawText({ node, cantonVersion, mode, keys }: KeyHierarchy): string {
  return [withVisibleControls(`${node}, Canton ${cantonVersion}: ${mode}`), ...branches(keys, ''), ''].join('\n');
}

function branches(keys: readonly HeldKey[], indent: string): string[] {
  return keys.flatMap((key, i) => {
    const isLast = i === keys.length - 1;
    const inner = `${indent}${isLast ? '   ' : '│  '}`;
    const bar = key.below.length > 0 ? '│ ' : '  ';
    const by = key.by === undefined ? '' : `${key.by}: `;
    return [
      `${indent}${isLast ? '└─ ' : '├─ '}${by}${withVisibleControls(key.name)}`,
      `${inner}${bar}Held: ${withVisibleControls(key.holder)}.`,
      `${inner}${bar}Lost: ${key.lost}`,
      ...branches(key.below, inner),
    ];
  });
}

/** The same as a flow chart, with a note at each key. */
export function drawMermaid({ node, cantonVersion, mode, keys }: KeyHierarchy): string {
  const title = `  node[${mermaidLabel(`${node}, Canton ${cantonVersion}`)}]`;
  const lines = keys.flatMap((key) => mermaidLines(key, 'node', mode));
  return ['flowchart TD', title, ...lines, ''].join('\n');
}

/** In Mermaid, some words and hyphens next to arrows have a special meaning. */
function nameOf({ id }: HeldKey): string {
  return `key_${id.replaceAll('-', '_')}`;
}

function mermaidLines(key: HeldKey, above: string, label: string | undefined): string[] {
  const name = nameOf(key);
  const shape = `[${mermaidLabel(key.name)}]`;
  const arrow = key.isOptional === true ? '-.->' : '-->';
  const relation = key.by ?? label;
  const edge = relation === undefined ? '' : `|${mermaidLabel(relation)}|`;
  return [
    `  ${name}${shape}`,
    `  ${above} ${arrow}${edge} ${name}`,
    `  ${name} -.- ${name}_lost(${mermaidLabel(`Held: ${key.holder}. Lost: ${key.lost}`)})`,
    ...key.below.flatMap((below) => mermaidLines(below, name, undefined)),
  ];
}
