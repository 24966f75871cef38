import { type Procedure, versionsOf } from '../../server/src/operations/procedure';
import { procedures } from '../../server/src/operations/procedures';

/** `docs/procedures.md`: every procedure, its versions and its options. */
export function procedurePage(): string {
  return `# Procedures

What \`canton-kms plan PROCEDURE\` and the commands of the editor plan for a node. Every plan is made for the configuration,
the node and the Canton version at hand: warnings first, numbered steps, edits as a diff, console commands with the
parameters of that version, how to verify each step, and the way back with the point of no return. Where a procedure is
not possible, the plan says why.

\`--node\`, \`--provider\`, \`--existing\`, \`--new\`, \`--wrapper-key-id\`, \`--new-key-id\` and \`--fingerprint\` say what is
to be planned. Procedures that write a \`kms\` section take all of its settings as \`--set KEY=VALUE\`, such as
\`--set region=eu-central-1\`; what else can be set is listed here.

A plan carries the hash of the configuration that it was made from, its Canton version and its answers. \`canton-kms plan --verify RUNBOOK FILE...\`
reads a runbook, a console script or a plan in JSON and exits with 1 if it is stale: after any change of the effective configuration, but
not after a comment or new formatting. Give it the options with which the plan was made, such as \`--env\`.

Each runbook ends with a record to keep. The console scripts write it: a row for each check, with its expression, what was expected and
observed, and PASS, FAIL or SKIPPED with the reason. In JSON, \`checks\` of a step has the expressions.

${procedures.map(section).join('\n\n')}
`;
}

function section({ name, title, summary, answers = {}, writesKms, ...procedure }: Procedure): string {
  const settings = writesKms === true ? ['Settings of the `kms` section.'] : [];
  const own = Object.entries(answers).map(([answer, meaning]) => `\`--set ${answer}=…\`: ${meaning}.`);
  const list = [...settings, ...own].map((line) => `- ${line}`).join('\n');
  const head = `## \`${name}\`\n\n**${title}.** ${summary}. Canton ${versionsOf(procedure).join(', ')}.`;
  return list === '' ? head : `${head}\n\n${list}`;
}
