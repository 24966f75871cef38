import type { Rule, RuleExample } from '../../server/src/rules';

/** The pages under `docs/rules`, by file name: one for each rule, and a list. */
export function rulePages(rules: readonly Rule[]): ReadonlyMap<string, string> {
  const pages = rules.map((rule) => [`${rule.code}.md`, pageOf(rule)] as const);
  return new Map([...pages, ['README.md', listOf(rules)]]);
}

function pageOf({ code, severity, title, docs, source, examples }: Rule): string {
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

function listOf(rules: readonly Rule[]): string {
  const rows = rules.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |`);
  return `# Rules

An error means that this Canton refuses to start, a warning that it starts but not as meant, unsafe or deprecated. Codes name
the step at which Canton finds the fault: \`read\` (the loader), \`validate\` (its own checks of the loaded configuration),
\`start\` (the start of a node); \`ignored\` is accepted without effect, \`deprecated\` will go, \`advice\` is ours.

Silence one finding with a comment on the line above, \`# canton-kms-ignore-next-line CODE reason\`, or a rule everywhere in
\`canton-kms.json\`: \`"rules": { "CODE": { "off": "reason" } }\`.

| code | severity | about |
| --- | --- | --- |
${rows.join('\n')}
`;
}
