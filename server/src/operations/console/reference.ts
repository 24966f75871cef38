/** Words that Scala takes for itself. */
const RESERVED = new Set(
  (
    'abstract case catch class def do else enum extends false final finally for forSome given if implicit import lazy ' +
    'macro match new null object override package private protected return sealed super then this throw trait true try type ' +
    'val var while with yield'
  ).split(' '),
);

/**
 * The value that stands for a node in the Canton console. It has the name that the configuration gives to the node; a
 * name that is no plain Scala identifier (`node-1`) is written between backticks (`ConsoleEnvironment.scala`, all lines).
 */
export function reference(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `\`${name}\``;
}
