import type { Rule, RuleExample } from './rule';

/** All HOCON codes share one page, because their messages explain each problem. */
export const HOCON_PAGE = `# hocon/…

**The text is not valid HOCON, or does not resolve** · error

Canton reads its files with the Lightbend config library. If a text does not parse, Canton stops with
\`CANNOT_PARSE_CONFIG_FILES\`; if a substitution cannot be resolved, with \`CONFIG_SUBSTITUTION_ERROR\`; and in some other cases with
a stack trace. It checks nothing else. The message describes the problem and the correction.

These texts most often need quotes: a text with \`:\` (an ARN, a URL), \`//\` (which begins a comment), \`@\`, \`+\`, or a \`$\` that
is not part of a substitution.

If a brace is missing or surplus, the indentation determines where it is reported: \`hocon/unclosed\` at the opening brace,
\`hocon/unopened\` at the key without \`{\`, and \`hocon/unbalanced\` at the brace to remove. The rest of the file is checked as if
the braces were corrected.

A variable without a value is *unknown*, and problems that depend on it are not reported. Set variables in \`canton-kms.json\` or with
\`--env\`, or exclude all others with \`--env-only\`. A warning is a problem that the library silently ignores, such as an include
that was not found.

A comment cannot suppress these codes; \`canton-kms.json\` can disable a warning.
`;

/** The page of a code; undefined if there is none. */
export function pageFor(code: string, rules: readonly Rule[]): string | undefined {
  if (code.startsWith('hocon/')) return HOCON_PAGE;
  const rule = rules.find((one) => one.code === code);
  return rule && pageOf(rule);
}

/** The documentation of a rule in Markdown, for `docs/rules`, editors and `canton-kms explain`. */
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
