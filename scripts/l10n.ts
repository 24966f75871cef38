/** `npm run l10n`: writes the messages of the client to l10n/bundle.l10n.json, which translations take as their keys. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CallExpression, Node, Property } from 'acorn';
import { parse } from 'acorn';
import { ancestor } from 'acorn-walk';
import { transformSync } from 'esbuild';
import { ROOT } from './manifest';

const CLIENT = join(ROOT, 'client/src');
export const BUNDLE = join(ROOT, 'l10n/bundle.l10n.json');
/** The only notation that is recognized, so that this stays a simple search. */
const CALL = 'vscode.l10n.t';
/** Two words of a sentence; a key, a path or a piece of HOCON has fewer. */
const PROSE = /^[^/].*[a-z]{2,},? [a-z]{2,}/is;
/** The properties in which even a single word is read by a user. */
const SHOWN = new Set(['label', 'detail', 'description', 'title', 'prompt', 'placeHolder', 'message', 'tooltip']);
const NAMES: ReadonlySet<string> = new Set(['Canton KMS', 'PostgreSQL', 'Terraform']);
/** The log and the report are sent to those who wrote the extension, with questions about it. */
const LOGGED = /\boutput\.(?:info|warn|error)$/;
const REPORT = join(CLIENT, 'doctor/doctor.ts');

export interface Messages {
  readonly messages: readonly string[];
  /** The messages that cannot be translated: `a message: the reason`. */
  readonly faults: readonly string[];
}

/** The messages of a TypeScript source, and the texts in it that look like messages but bypass the translation. */
export function messagesIn(source: string): Messages {
  const { code } = transformSync(source, { loader: 'ts', format: 'esm', target: 'es2022', charset: 'utf8' });
  const messages: string[] = [];
  const faults: string[] = [];
  const textOf = ({ start, end }: Node) => code.slice(start, end);
  const isCallOf = (node: Node, isIt: (callee: string) => boolean): node is CallExpression =>
    node.type === 'CallExpression' && isIt(textOf((node as CallExpression).callee));
  const expectCall = (text: string, ancestors: readonly Node[]) => {
    const parent = ancestors.at(-2);
    const isShown = parent?.type === 'Property' && SHOWN.has(textOf((parent as Property).key)) && /^[a-z]/i.test(text);
    if (NAMES.has(text) || !(PROSE.test(text) || isShown)) return;
    if (ancestors.some((one) => isCallOf(one, (callee) => callee === CALL || LOGGED.test(callee)))) return;
    faults.push(`${text}: not passed to ${CALL}`);
  };
  ancestor(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), {
    CallExpression(node) {
      if (!isCallOf(node, (callee) => callee === CALL)) return;
      const [message, ...values] = node.arguments;
      if (message?.type !== 'Literal' || typeof message.value !== 'string') {
        faults.push(`${textOf(node)}: the message is not a plain string`);
        return;
      }
      messages.push(message.value);
      const holes = new Set([...message.value.matchAll(/\{(\d+)\}/g)].map(([, hole]) => Number(hole)));
      if (holes.size !== values.length || values.some((_, i) => !holes.has(i)))
        faults.push(`${message.value}: its placeholders are not the ${values.length} values`);
    },
    Literal(node, _, ancestors) {
      if (typeof node.value === 'string') expectCall(node.value, ancestors);
    },
    TemplateElement(node, _, ancestors) {
      expectCall(node.value.raw, ancestors);
    },
  });
  return { messages, faults };
}

/** The messages of the whole client. */
export function clientMessages(): Messages {
  const files = readdirSync(CLIENT, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => file !== REPORT)
    .sort();
  const found = files.map((file) => ({ file, ...messagesIn(readFileSync(file, 'utf8')) }));
  return {
    messages: [...new Set(found.flatMap(({ messages }) => messages))].sort(),
    faults: found.flatMap(({ file, faults }) => faults.map((fault) => `${relative(ROOT, file)}: ${fault}`)),
  };
}

/** The format of VS Code: each message with its translation, here with itself. */
export function bundleOf(messages: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(messages.map((message) => [message, message])), null, 2)}\n`;
}

function main(): void {
  const { messages, faults } = clientMessages();
  for (const fault of faults) console.error(`l10n: ${fault}`);
  if (faults.length > 0) process.exit(1);
  mkdirSync(join(ROOT, 'l10n'), { recursive: true });
  writeFileSync(BUNDLE, bundleOf(messages));
}

if (require.main === module) main();
