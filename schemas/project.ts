import * as z from 'zod';
import { cantonOfSplice } from './images';
import { CANTON_VERSIONS, DEFAULT_CANTON_VERSION, DEFAULT_EDITION, EDITIONS } from './version';

// For speed, zod generates functions from text, which pages with a strict policy forbid; it is not needed for these
// small files.
z.config({ jitless: true });

const paths = z.array(z.string().min(1)).min(1);

const keyIds = z.array(z.string().min(1));

/** The effect of a rule's problems. */
const ruleSetting = z
  .strictObject({
    off: z
      .string()
      .min(1, 'a reason is required to disable a rule')
      .optional()
      .meta({ description: 'Why the rule is disabled.' }),
    severity: z
      .enum(['error', 'warning', 'information', 'hint'])
      .optional()
      .meta({ description: 'The severity of its problems, instead of the default severity of the rule.' }),
    reason: z.string().min(1).optional().meta({ description: 'Why the severity is changed.' }),
    paths: paths.optional().meta({
      description:
        'Globs of the files or folders that this applies to, relative to this file. If not set, it applies to all files.',
    }),
    noInline: z.boolean().optional().meta({ description: 'Comments in files cannot suppress the rule.' }),
  })
  .refine(({ severity, reason }) => (severity === undefined) === (reason === undefined), {
    message: '`severity` and `reason` require each other',
  })
  .refine(({ off, severity }) => off === undefined || severity === undefined, {
    message: 'a disabled rule has no severity',
  })
  .refine((setting) => Object.keys(setting).some((key) => key !== 'paths'), {
    message: 'set `off`, `severity` or `noInline`',
  });

export type RuleSetting = z.infer<typeof ruleSetting>;

/** `3.5.13` */
const RELEASE = new RegExp(`^(?:${CANTON_VERSIONS.join('|').replaceAll('.', '\\.')})\\.\\d[\\w.-]*$`);

/** `canton-kms.json`, next to the configuration; editor and command line read the same one. */
const projectFile = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'Address of this schema, for editors.' }),
    cantonVersion: z
      .union([z.enum(CANTON_VERSIONS), z.string().regex(RELEASE)], {
        error: `must be ${CANTON_VERSIONS.join(', ')} or one of their releases`,
      })
      .optional()
      .meta({
        description: `Canton release line that the files are for, or a release of it. Default: ${DEFAULT_CANTON_VERSION}.`,
        examples: ['3.5', '3.5.13'],
      }),
    spliceVersion: z
      .string()
      .refine((version) => cantonOfSplice(version) !== undefined, 'must be a known Splice version, such as 0.6.11')
      .optional()
      .meta({
        description: 'Splice release that the files are for, instead of `cantonVersion`.',
        examples: ['0.6.11'],
      }),
    edition: z
      .enum(EDITIONS)
      .optional()
      .meta({ description: `Edition of the Canton binary. Default: ${DEFAULT_EDITION}.` }),
    launchSets: z
      .record(z.string().min(1), z.array(z.string().min(1)).min(1))
      .optional()
      .meta({
        description:
          'The files of each Canton process, in the order of its `-c` options (a later file wins), relative to this file.',
        examples: [{ participant: ['shared.conf', 'participant.conf'] }],
      }),
    environment: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'Values of environment variables. All other variables are unknown.' }),
    envFile: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'A file of NAME=VALUE lines, relative to this file; `environment` takes precedence.' }),
    mounts: z
      .record(z.string().regex(/^\/.*[^/]$/, 'must be an absolute path of the container'), z.string().min(1))
      .optional()
      .meta({
        description:
          'What a container has at absolute paths, so that its includes are found: path of the container to folder or file, relative to this file.',
        examples: [{ '/app/app-provider/on': 'conf/app-provider' }],
      }),
    driverSchemas: z
      .record(z.string(), z.string().min(1))
      .optional()
      .meta({ description: "JSON Schema files for the `config` of KMS drivers, by the driver's name." }),
    rules: z
      .record(z.string(), ruleSetting)
      .optional()
      .meta({
        description: 'Rules that are disabled or have another severity, by code, each with a reason.',
        examples: [
          { 'advice/audit-logging': { off: 'The audit log of the cloud is sufficient.' } },
          { 'advice/region': { severity: 'error', reason: 'We use only these regions.', paths: ['prod/**'] } },
        ],
      }),
    keptKeys: z
      .union([keyIds, z.record(z.string().min(1), keyIds)])
      .optional()
      .meta({
        description:
          'KMS keys that stay in policies although the configuration no longer contains them, such as keys that backups need; for all nodes, or by node.',
        examples: [{ 'participants.participant1': ['alias/old-wrapper'] }],
      }),
    exclude: paths.optional().meta({
      description: 'Globs of the files or folders that are checked only if they are named, relative to this file.',
      examples: [['examples/**']],
    }),
  })
  .meta({ title: 'Canton KMS project' });

export type ProjectFile = z.infer<typeof projectFile>;

/** A fault of a project file at a JSON path. */
export interface ProjectIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Keys at `path` that do not exist. */
  readonly unknownKeys: readonly string[];
}

/** The keys of a project file, for messages. */
export const PROJECT_KEYS: readonly string[] = Object.keys(projectFile.shape);

export function checkProjectFile(
  value: unknown,
):
  | { readonly ok: true; readonly project: ProjectFile }
  | { readonly ok: false; readonly issues: readonly ProjectIssue[] } {
  const result = projectFile.safeParse(value);
  if (result.success) return { ok: true, project: result.data };
  const issues = result.error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === 'number' ? part : String(part))),
    message: issue.message,
    unknownKeys: issue.code === 'unrecognized_keys' ? issue.keys : [],
  }));
  return { ok: false, issues };
}

/** JSON Schema (2020-12) of `canton-kms.json`. */
export function projectFileJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(projectFile, { io: 'input' });
}
