/** The formats of a policy, in a separate file because the help of the command line loads nothing else of policies. */
export const POLICY_FORMATS = ['aws-iam', 'gcp-role', 'terraform'] as const;

export type PolicyFormat = (typeof POLICY_FORMATS)[number];
