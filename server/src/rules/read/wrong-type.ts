import type { FieldModel } from '../../../../schemas/model';
import { replaced } from '../../edits/entry-edits';
import { type ConfigValue, entryAt } from '../../hocon/values/config-value';
import { isWrongValue, type WrongValue } from '../../model/binding/failure';
import { fieldAt } from '../../model/binding/lookup';
import type { Diagnostic, Fix } from '../../model/diagnostic';
import { hoconString } from '../../text/encoders/hocon';
import { removeFix } from '../fixes';
import { lastKey, orList, report, shortPath, textOf } from '../report';
import type { Rule, RuleContext } from '../rule';

export const wrongType: Rule = {
  code: 'read/wrong-type',
  severity: 'error',
  title: 'Value of the wrong type',
  docs: `Canton's loader (PureConfig) converts a number or boolean to a string, a string such as \`"5"\` to a number, and the strings
\`yes\`, \`on\`, \`no\`, \`off\`, \`true\` and \`false\` to a boolean if they are spelled exactly like this. It refuses everything else
with \`Expected type …. Found … instead.\`

\`null\` is not the same as leaving a key out: only optional keys accept it.`,
  source: 'PureConfig 0.14.0 ConfigCursor.scala',
  examples: {
    bad: { text: 'canton.participants.p1.crypto.kms { type = aws, region = us-east-1, audit-logging = True }' },
    good: { text: 'canton.participants.p1.crypto.kms { type = aws, region = us-east-1, audit-logging = true }' },
  },
  check(context) {
    return context.view.failures.filter(isWrongValue('wrong-type')).map((failure) => describe(context, failure));
  },
};

function describe(context: RuleContext, failure: WrongValue): Diagnostic {
  const { path, location, origin, model, value, text } = failure;
  const message = `'${shortPath(path)}' must be ${expected(model)}, not ${found(value)}. Canton: "${text}"`;
  return report(wrongType, {
    message: message + oldWrapperKey(path, value),
    location,
    origin,
    path,
    fixes: fixesFor(context, failure),
  });
}

function expected(model: FieldModel): string {
  switch (model.kind) {
    case 'object':
    case 'map':
      return 'an object';
    case 'union':
      return `an object of type ${orList([...model.options.keys()])}`;
    case 'list':
      return 'a list';
    case 'enum':
      return orList([...model.values.keys()]);
    default:
      return model.accepts;
  }
}

function found(value: ConfigValue): string {
  if (value.kind === 'string') return `the string '${value.value}'`;
  if (value.kind === 'number') return `the number '${value.text}'`;
  if (value.kind === 'boolean') return `'${value.value}'`;
  return value.kind === 'null' ? 'null' : value.kind === 'list' ? 'a list' : 'an object';
}

/** Before 2.7.5 the identifier was wrapped in an object. */
function wrappedKey(path: readonly string[], value: ConfigValue): ConfigValue | undefined {
  return lastKey(path) === 'wrapper-key-id' && value.kind === 'object' ? value.entries.get('str')?.value : undefined;
}

function oldWrapperKey(path: readonly string[], value: ConfigValue): string {
  return wrappedKey(path, value) !== undefined ? ' Since Canton 2.7.5, the value is the key ID itself.' : '';
}

function fixesFor(context: RuleContext, { model, value, location, origin, path }: WrongValue): readonly Fix[] {
  if (origin !== undefined) return [];
  const replace = (text: string, title: string): readonly Fix[] => {
    const edits = replaced(context, location, text);
    return edits === undefined ? [] : [{ title, preferred: true, edits }];
  };
  // Then a required key would be missing.
  const field = value.kind === 'null' ? fieldAt(context.model, path.slice(1)) : undefined;
  if (field?.required === false) return removeFix(context, { path, entry: entryAt(context.config, path) });
  if (model.kind === 'boolean' && value.kind === 'string') {
    const lower = value.value.trim().toLowerCase();
    const meant = /^(true|yes|on|1)$/.test(lower) ? 'true' : /^(false|no|off|0)$/.test(lower) ? 'false' : undefined;
    return meant === undefined ? [] : replace(meant, `Change to '${meant}'`);
  }
  if (model.kind === 'boolean' && value.kind === 'number' && (value.value === 0 || value.value === 1)) {
    return replace(String(value.value === 1), `Change to '${value.value === 1}'`);
  }
  if (model.kind === 'list' && value.kind === 'string')
    return replace(`[${hoconString(value.value)}]`, 'Convert to a list');
  const inner = value.kind === 'string' ? keyFor(model, value.value) : undefined;
  if (inner !== undefined && value.kind === 'string') {
    const text = `{ ${inner} = ${hoconString(value.value)} }`;
    return replace(text, `Convert to '${text}'`);
  }
  const wrapped = wrappedKey(path, value);
  if (wrapped?.kind !== 'string') return [];
  const { uri, range } = value.origin;
  const before = textOf(context, uri).slice(0, range.start).trimEnd();
  const separator = /[=:]$/.test(before) ? '' : '= ';
  const edits = replaced(context, { uri, range }, hoconString(wrapped.value))?.map((edit) => ({
    ...edit,
    newText: separator + edit.newText,
  }));
  return edits === undefined ? [] : [{ title: 'Unwrap the key ID', preferred: true, edits }];
}

/** The key of an object that a string was probably meant for: its type, or the default among schemes. */
function keyFor(model: FieldModel, written: string): string | undefined {
  if (model.kind === 'union') return model.options.has(written) ? 'type' : undefined;
  const chosen = model.kind === 'object' ? model.fields.get('default')?.model : undefined;
  return chosen?.kind === 'enum' && chosen.values.has(written) ? 'default' : undefined;
}
