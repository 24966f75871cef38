import type { Input } from '../case';

const CHARACTERS = [...'$"{}[]:=,+#`^?!@*&\\ /.-_|~%\'();<>'];

/** Each of them at each place. */
export const reserved: readonly Input[] = CHARACTERS.flatMap((c) => [
  `a = ${c}`,
  `a = x${c}`,
  `a = ${c}x`,
  `a = x ${c} y`,
  `a = 1${c}`,
  `a = [${c}]`,
  `a = [x${c}y]`,
  `${c} = 1`,
  `x${c} = 1`,
  `${c}x = 1`,
  `x ${c} y = 1`,
  `a = \${${c}}`,
  `a = \${x${c}y}\nx = 1`,
  `a = "${c === '"' || c === '\\' ? `\\${c}` : c}"`,
  `a = "\\${c}"`,
  `a = """${c}"""`,
  `a = 1 ${c}\nb = 2`,
  `a { b = 1 } ${c}`,
  `a = [1] ${c}`,
  `a = true${c}`,
  `a = "x"${c}`,
  `a = \${b}${c}\nb = 1`,
]);
