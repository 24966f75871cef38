import * as z from 'zod';

/** A fault of a driver's `config` at a path in it. */
export interface DriverConfigIssue {
  readonly path: readonly string[];
  readonly message: string;
  /** Keys at `path` that the schema does not allow. */
  readonly unknownKeys: readonly string[];
  /** The type that was wanted, where the type is the fault: `number`, `boolean`, `string`, … */
  readonly expected?: string;
}

export type DriverConfigCheck = (config: unknown) => readonly DriverConfigIssue[];

const compiled = new WeakMap<object, DriverConfigCheck | string>();

/** Makes a check of a JSON Schema; a text says why it cannot be used. */
export function driverConfigCheck(schema: unknown): DriverConfigCheck | string {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return 'it is not an object';
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = compile(schema);
  compiled.set(schema, made);
  return made;
}

function compile(schema: object): DriverConfigCheck | string {
  try {
    const type = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    return (config) => {
      const result = type.safeParse(config);
      return result.success ? [] : result.error.issues.map(issueOf);
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function issueOf(issue: z.core.$ZodIssue): DriverConfigIssue {
  const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const expected = issue.code === 'invalid_type' ? { expected: String(issue.expected) } : {};
  return { path: issue.path.map(String), message: issue.message, unknownKeys, ...expected };
}
