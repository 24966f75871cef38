/** What a character means to the lexer; index of {@link classOf}. */
export enum CharClass {
  /** May stand in unquoted text. */
  Plain,
  /** Whitespace other than a newline. */
  Blank,
  Newline,
  /** Ends unquoted text: `$"{}[]:=,+#` and the characters that HOCON reserves. */
  Reserved,
  /** May begin a comment. */
  Slash,
  /** Digits and `-`, which begin a number. */
  NumberStart,
}

const ASCII = asciiClasses();

function asciiClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  for (const c of ' \t\r\v\f\x1c\x1d\x1e\x1f') classes[c.charCodeAt(0)] = CharClass.Blank;
  for (const c of '$"{}[]:=,+#`^?!@*&\\') classes[c.charCodeAt(0)] = CharClass.Reserved;
  for (const c of '0123456789-') classes[c.charCodeAt(0)] = CharClass.NumberStart;
  classes[0x0a] = CharClass.Newline;
  classes[0x2f] = CharClass.Slash;
  return classes;
}

export function classOf(code: number): CharClass {
  if (code < 128) return ASCII[code] as CharClass;
  return isUnicodeBlank(code) ? CharClass.Blank : CharClass.Plain;
}

/** Java's whitespace plus the no-break spaces and the byte order mark, as the reference counts them. */
function isUnicodeBlank(code: number): boolean {
  if (code < 0x1680) return code === 0xa0;
  return (
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff ||
    code === 0x1680
  );
}

/** True for any whitespace, newlines included. */
export function isWhitespace(code: number): boolean {
  const c = classOf(code);
  return c === CharClass.Blank || c === CharClass.Newline;
}
