/** What a policy can be written in, also for the help of the command line, which loads nothing else of policies. */
export const POLICY_FORMATS = ['aws-iam', 'gcp-role', 'terraform'] as const;

export type PolicyFormat = (typeof POLICY_FORMATS)[number];
