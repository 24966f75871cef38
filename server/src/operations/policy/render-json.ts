import type { Condition, Statement } from './aws';

/** An IAM policy document. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
export function renderAwsIam(statements: readonly Statement[]): string {
  const document = {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: actions,
      Resource: oneOrAll(resources),
      ...(conditions.length === 0 ? {} : { Condition: { StringEquals: conditionsOf(conditions) } }),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function conditionsOf(conditions: readonly Condition[]): Record<string, unknown> {
  return Object.fromEntries(conditions.map(({ key, values }) => [key, oneOrAll(values)]));
}

function oneOrAll(values: readonly string[]): string | readonly string[] | undefined {
  return values.length === 1 ? values[0] : values;
}
