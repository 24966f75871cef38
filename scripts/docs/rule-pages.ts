import type { Rule } from '../../server/src/rules';
import { HOCON_PAGE, pageOf } from '../../server/src/rules/page';

/** The pages under `docs/rules`, by file name: one for each rule, and a list. */
export function rulePages(rules: readonly Rule[]): ReadonlyMap<string, string> {
  const pages = rules.map((rule) => [`${rule.code}.md`, pageOf(rule)] as const);
  return new Map([...pages, ['hocon.md', HOCON_PAGE], ['README.md', listOf(rules)]]);
}

function listOf(rules: readonly Rule[]): string {
  const rows = rules.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |`);
  return `# Rules

An error means that this Canton refuses to start, a warning that it starts but not as meant, unsafe or deprecated. Codes name
the step at which Canton finds the fault: \`read\` (the loader), \`validate\` (its own checks of the loaded configuration),
\`start\` (the start of a node); \`ignored\` is accepted without effect, \`deprecated\` will go, \`advice\` is ours. Faults of
the HOCON text itself have [a page of their own](hocon.md).

Silence one finding with a comment on the line above, \`# canton-kms-ignore-next-line CODE reason\`, or a rule everywhere in
\`canton-kms.json\`: \`"rules": { "CODE": { "off": "reason" } }\`.

| code | severity | about |
| --- | --- | --- |
${rows.join('\n')}
`;
}
