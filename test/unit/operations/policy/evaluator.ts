/** A call of AWS KMS as IAM sees it. */
export interface Call {
  readonly action: string;
  /** ARN; `*` for a call that names no key. */
  readonly resource: string;
  /** Condition keys with their values: `aws:ResourceTag/CreatedBy`. */
  readonly context: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> };
}

/** True where one statement of an identity's policy allows the call (IAM User Guide, "Policy evaluation logic"). */
export function allows(statements: readonly Statement[], { action, resource, context }: Call): boolean {
  return statements.some(
    ({ Action, Resource, Condition }) =>
      Action.includes(action) &&
      [Resource].flat().some((pattern) => fits(pattern, resource)) &&
      Object.entries(Condition?.StringEquals ?? {}).every(([key, values]) =>
        [values].flat().includes(context[key] ?? ''),
      ),
  );
}

function fits(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}
