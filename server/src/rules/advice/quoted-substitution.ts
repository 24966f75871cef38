import type { KeyPath } from '../../hocon/values/config-value';
import { hoconString } from '../../text/encoders/hocon';
import { literalsLike } from '../literals';
import { lastKey, report } from '../report';
import type { Rule } from '../rule';

export const quotedSubstitution: Rule = {
  code: 'advice/quoted-substitution',
  severity: 'warning',
  title: 'Substitution inside quotes',
  docs: `HOCON does not resolve substitutions inside double quotes: \`region = "\${AWS_REGION}"\` sets the literal text
\`\${AWS_REGION}\`. Move the substitution outside the quotes: \`\${AWS_REGION}\`, or \`"https://"\${HOST}":443"\`.
\`"$AWS_REGION"\` and \`"\${AWS_REGION:-us-east-1}"\` are shell syntax, which HOCON does not resolve either.

The \`config\` of a KMS driver is not checked, because a driver may have its own substitutions.`,
  source: 'HOCON.md of Lightbend config, substitutions; lightbend/config issue 656',
  examples: {
    bad: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "https://${HOST}:443" } }',
    },
    good: {
      text: 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, endpoint-override = "https://"${HOST}":443" } }',
    },
  },
  check(context) {
    return literalsLike(context, QUOTED).flatMap(({ value, source, path, location, fix }) => {
      if (path[4] === 'kms' && path[5] === 'config') return [];
      const shell = SHELL.exec(value.value);
      if (shell !== null) return [report(quotedSubstitution, { message: shellMessage(shell, path), path, location })];
      const [written = ''] = SUBSTITUTION.exec(value.value) ?? [];
      if (written === '') return [];
      const message = `HOCON does not resolve substitutions inside quotes, so the value contains '${written}' literally. Move it outside the quotes.`;
      const isOne = /^"(?:[^"\\]|\\.)*"$/.test(source);
      const fixes = isOne ? fix('Move the substitution outside the quotes', outsideOf(source)) : [];
      return [report(quotedSubstitution, { message, path, location, fixes })];
    });
  },
};

const SUBSTITUTION = /\$\{\??[A-Za-z_][\w.-]*\}/;
/** `$NAME` as the whole value, or with a default of the shell: `${NAME:-default}`. */
const SHELL = /^\$([A-Z_][A-Z0-9_]*)$|\$\{([A-Za-z_]\w*):?([-=?+])([^{}]*)\}/;
const QUOTED = /"(?:[^"\\\n]|\\.)*\$(?:\{\??[A-Za-z_]|[A-Z_][A-Z0-9_]*")/;

function shellMessage([written, bare, name = '', operator, byDefault = '']: RegExpExecArray, path: KeyPath): string {
  const why = `'${written}' is shell syntax, so the value contains it literally.`;
  const isDefault = operator === '-' || operator === '=';
  if (!isDefault) return `${why} Write \${${bare ?? name}} without quotes.`;
  const key = lastKey(path);
  return `${why} Write '${key} = ${hoconString(byDefault)}' and after it '${key} = \${?${name}}'.`;
}

function outsideOf(source: string): string {
  const pieces = source.slice(1, -1).split(new RegExp(`(${SUBSTITUTION.source})`));
  return pieces.map((piece, i) => (i % 2 === 1 ? piece : piece === '' ? '' : `"${piece}"`)).join('');
}
