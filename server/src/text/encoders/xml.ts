const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/**
 * Character data or the value of an attribute of XML 1.0. White space survives the normalization of attributes;
 * characters that XML 1.0 cannot contain (most control characters, lone surrogates, U+FFFE and U+FFFF) become U+FFFD,
 * and C1 controls and DEL, which it discourages as well. Characters that change the writing direction become character
 * references.
 */
export function xmlText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression searches for them.
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, '\ufffd');
  return legal.replace(/[&<>"'\n\r\t\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => {
    return ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}
