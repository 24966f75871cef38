import { replaced } from '../../edits/entry-edits';
import { fieldAt } from '../../edits/insertion-point';
import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';
import { valueAt } from '../../model/binding/bound';
import type { Diagnostic } from '../../model/diagnostic';
import { kebab, namesSecret } from '../../model/facts/secrets';
import type { NodeView } from '../../model/facts/view';
import { lastKey, report } from '../report';
import type { Rule, RuleContext } from '../rule';

export const plainSecret: Rule = {
  code: 'advice/plain-secret',
  severity: 'warning',
  scope: 'node',
  title: 'Secret in plaintext',
  docs: `The \`config\` of a KMS driver often contains credentials for the KMS: a password, a PIN or a token. In plaintext, they end up in
version control, in backups and, with \`canton.monitoring.logging.log-config-on-startup\`, possibly in logs. Read them from
environment variables: \`pin = \${HSM_PIN}\`.`,
  source: 'config/KmsConfig.scala 3.3, 3.4, 3.5, main (the content of `config` is not known to Canton)',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = driver, name = hsm, config { pin = "1234" } } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = driver, name = hsm, config { pin = ${HSM_PIN} } } }',
    },
  },
  check: (context) => context.view.nodes.flatMap((node) => secretsOf(context, node)),
};

function secretsOf(context: RuleContext, node: NodeView): Diagnostic[] {
  const config = valueAt(node.section, 'kms', 'config');
  if (config?.kind !== 'raw' || config.value.kind !== 'object') return [];
  const found: Diagnostic[] = [];
  for (const { path, entry } of entriesBelow(config.value, [...node.path, 'crypto', 'kms', 'config'])) {
    const name = kebab(lastKey(path));
    if (!namesSecret(name) || !isLiteral(context, entry)) continue;
    const last = entry.definitions.at(-1);
    if (last === undefined) continue;
    const variable = name.replace(/[^a-zA-Z0-9]+/g, '_').toUpperCase();
    const message = `'${lastKey(path)}' looks like a secret in plaintext. Read it from an environment variable such as '\${${variable}}'.`;
    const location = { uri: last.uri, range: last.value };
    const edits = replaced(context, location, `\${${variable}}`);
    const fixes = edits ? [{ title: `Read from \${${variable}}`, edits }] : [];
    found.push(report(plainSecret, { message, location, path, fixes }));
  }
  return found;
}

/** A string or number that is written in the file, not a substitution. */
function isLiteral(context: RuleContext, { value, definitions }: ConfigEntry): boolean {
  if ((value.kind !== 'string' && value.kind !== 'number') || (value.kind === 'string' && value.value === ''))
    return false;
  const last = definitions.at(-1);
  const tree = last && context.tree(last.uri);
  return tree !== undefined && last !== undefined && fieldAt(tree, last.key)?.value?.kind === 'scalar';
}

/** Every entry below an object, lists included, with its path; without recursion, for hostile nesting. */
function* entriesBelow(
  root: ConfigObject,
  path: readonly string[] = [],
): Generator<{ readonly path: readonly string[]; readonly entry: ConfigEntry }> {
  const open: { readonly object: ConfigObject; readonly path: readonly string[] }[] = [{ object: root, path }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [name, entry] of next.object.entries) {
      const inner = [...next.path, name];
      yield { path: inner, entry };
      if (entry.value.kind === 'object') open.push({ object: entry.value, path: inner });
      if (entry.value.kind !== 'list') continue;
      entry.value.elements.forEach((element, index) => {
        if (element.kind === 'object') open.push({ object: element, path: [...inner, String(index)] });
      });
    }
  }
}
