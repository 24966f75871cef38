import type { Rule, RuleExample } from './rule';

/** All codes of HOCON's own have one page: their messages say what is wrong with the text. */
export const HOCON_PAGE = `# hocon/…

**The text is no HOCON, or does not resolve** · error

Canton reads its files with the Lightbend config library. A text that does not parse ends with
\`CANNOT_PARSE_CONFIG_FILES\`, a substitution that leads nowhere with \`CONFIG_SUBSTITUTION_ERROR\`, and some faults of a
resolution with a stack trace; nothing else of the configuration is looked at. The message says what is wrong and what to
write.

What most often needs quotes: a text with \`:\` (an ARN, a URL), \`//\` (which begins a comment), \`@\`, \`+\`, or a \`$\` that is
no substitution.

Where a brace is missing or one too many, the indentation tells which: \`hocon/unclosed\` stands at what has no end,
\`hocon/unopened\` at the key that has no \`{\`, \`hocon/unbalanced\` at the brace to remove. The rest of the file is read as if
it were mended, and checked.

A variable that is not given is *unknown*, and nothing is concluded from it; name variables in \`canton-kms.json\`, with
\`--env\`, or say with \`--env-only\` that there are no others. A warning is what the library passes over in silence, such as an
include that is not there.

These codes cannot be silenced by a comment; \`canton-kms.json\` can switch a warning off.
`;

/** The page of a code; undefined where there is none. */
export function pageFor(code: string, rules: readonly Rule[]): string | undefined {
  if (code.startsWith('hocon/')) return HOCON_PAGE;
  const rule = rules.find((one) => one.code === code);
  return rule && pageOf(rule);
}

/** What there is to say of a rule, in Markdown: for `docs/rules`, for editors and for `canton-kms explain`. */
export function pageOf({ code, severity, title, docs, source, examples }: Rule): string {
  return `# ${code}

**${title}** · ${severity}

${docs}

## Reported

${exampleOf(examples.bad)}

## Not reported

${exampleOf(examples.good)}

## Source

${source}
`;
}

function exampleOf({ text, version, edition }: RuleExample): string {
  const target = [version && `Canton ${version}`, edition && `${edition} edition`].filter(Boolean).join(', ');
  return `${target === '' ? '' : `${target}:\n\n`}\`\`\`hocon\n${text}\n\`\`\``;
}
