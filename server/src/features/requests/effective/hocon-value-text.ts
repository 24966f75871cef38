import type { ConfigValue, Unknown } from '../../../hocon/values/config-value';
import { hoconText } from '../../../rules/insertion';
import { withoutCredentials } from '../../shared/secrets';

const MAX_TEXT = 1000;

/** A value as one would write it; undefined where nothing can be written that stands for it. */
export function valueText(value: ConfigValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return hoconText(
        withoutCredentials(value.value.length > MAX_TEXT ? `${value.value.slice(0, MAX_TEXT)}…` : value.value),
      );
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    case 'list':
      return listText(value.elements);
    case 'object':
      return undefined;
    case 'unknown':
      return value.reason.cause === 'environment' && /^\w+$/.test(value.reason.subject)
        ? `\${${value.reason.subject}}`
        : undefined;
  }
}

function listText(elements: readonly ConfigValue[]): string {
  let text = '';
  for (const element of elements) {
    const next = element.kind === 'list' || element.kind === 'object' ? '…' : (valueText(element) ?? '…');
    if (text.length + next.length > MAX_TEXT) return `[${text}, …]`;
    text += text === '' ? next : `, ${next}`;
  }
  return `[${text}]`;
}

/** Why something is not known, to follow a colon. */
export function reasonOf({ cause, subject }: Unknown): string {
  switch (cause) {
    case 'environment':
      return `the variable ${subject} is not given`;
    case 'include':
    case 'url':
      return `${subject.replace(/\s+/g, ' ')} could not be read`;
    case 'rest':
      return 'it comes from configuration that this is merged with';
    case 'problem':
      return 'there is a problem in the file';
  }
}
