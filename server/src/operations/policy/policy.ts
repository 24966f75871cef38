import { isKmsType, kmsTypeFacts } from '../../../../schemas/kms-types';
import type { CantonVersion, Edition } from '../../../../schemas/version';
import type { ConfigObject } from '../../hocon/values/config-value';
import { textAt, UNKNOWN } from '../../model/binding/bound';
import type { PolicyMode } from '../../model/facts/kms-permissions';
import { envelopeOf } from '../../model/facts/node-facts';
import { findNodes, unknownNode } from '../../model/facts/nodes';
import { type NodeView, readCanton } from '../../model/facts/view';
import { awsStatements, keyPolicy } from './aws';
import type { PolicyFormat } from './formats';
import { gcpRole } from './gcp';
import { type KmsUse, kmsUseOf, type PolicyOptions } from './kms-use';
import { type Gaps, renderAwsIam, renderAwsTerraform, renderGcpRole, renderGcpTerraform, variable } from './render';

export type { KeyOrigin, PolicyOptions } from './kms-use';

type OwnFormat = Exclude<PolicyFormat, 'terraform'>;

/** An evaluated launch set, the node that needs rights, and the information that is not in the configuration. */
export interface PolicyRequest extends PolicyOptions {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** `participants.p1` */
  readonly node: string;
  /** Undefined: the format of the provider. */
  readonly format?: PolicyFormat | undefined;
}

export type PolicyResult =
  /** `warnings` list what has to be filled in or considered, one sentence each, without a full stop. */
  | { readonly kind: 'policy'; readonly text: string; readonly warnings: readonly string[] }
  /** There is no policy; one sentence gives the reason. */
  | { readonly kind: 'none'; readonly reason: string };

/** The least privileges that a node needs at its KMS. Never fails. */
export function policyFor(request: PolicyRequest): PolicyResult {
  const view = readCanton(request.config, request.version, request.edition).nodes.find(({ id }) => id === request.node);
  if (view === undefined) return { kind: 'none', reason: missing(request) };
  // A node that gives up its envelope encryption decrypts all keys once more.
  const mode = view.mode === 'none' && envelopeOf(view)?.reverted === true ? 'envelope' : view.mode;
  // Another provider would change the mode.
  if (mode === 'none' || textAt(view.section, 'provider') === UNKNOWN)
    return { kind: 'none', reason: withoutKms(view) };
  const type = textAt(view.section, 'kms', 'type');
  const facts = isKmsType(type) ? kmsTypeFacts(type) : undefined;
  if (facts?.policy === undefined) return { kind: 'none', reason: withoutPolicy(view.id, type) };
  const format = request.format ?? facts.policy;
  if (format !== 'terraform' && format !== facts.policy) {
    return { kind: 'none', reason: `The format ${format} does not support ${facts.name}, which ${view.id} uses.` };
  }
  if (request.principal !== undefined) {
    const fault = principalFault(facts.policy, format, request.principal);
    if (fault !== undefined) return { kind: 'none', reason: fault };
  }
  return rendered(view, mode, facts.policy, format, request);
}

/** A value must not widen a policy or end the text that contains it. */
function principalFault(policy: OwnFormat, format: PolicyFormat, principal: string): string | undefined {
  const { form, wanted, inTerraform } = PRINCIPALS[policy];
  if (!inTerraform && format === 'terraform')
    return 'The policy of a key for another principal is not written as Terraform.';
  return form.test(principal) ? undefined : `'${principal}' is not ${wanted}.`;
}

interface PrincipalForm {
  readonly form: RegExp;
  readonly wanted: string;
  readonly inTerraform: boolean;
}

const PRINCIPALS: Readonly<Record<OwnFormat, PrincipalForm>> = {
  'aws-iam': {
    form: /^arn:aws[\w-]*:(?:iam|sts)::\d{12}:[\w+=,.@/-]+$/,
    wanted: 'an ARN of IAM',
    inTerraform: false,
  },
  'gcp-role': {
    form: /^(?:serviceAccount|user|group):[\w.+-]+@[\w.-]+$/,
    wanted: "'serviceAccount:NAME@PROJECT.iam.gserviceaccount.com'",
    inTerraform: true,
  },
};

function rendered(
  view: NodeView,
  mode: PolicyMode,
  policy: OwnFormat,
  format: PolicyFormat,
  options: PolicyOptions,
): PolicyResult {
  const gaps: Gaps = new Map();
  const warnings: string[] = [];
  const use = kmsUseOf(view, mode, options, gaps);
  const text = RENDERERS[policy](use, { isTerraform: format === 'terraform', node: view.id, gaps, warnings });
  const marks = [...gaps].map(([name, meaning]) => {
    const mark = format === 'terraform' ? `var.${variable(name)}` : `<${name}>`;
    return text.includes(mark) ? [`${mark} stands for ${meaning}`] : [];
  });
  return { kind: 'policy', text, warnings: [...marks.flat(), ...warnings] };
}

interface Rendering {
  readonly isTerraform: boolean;
  readonly node: string;
  /** The settings that the configuration leaves open, and points to consider; both lists grow. */
  readonly gaps: Gaps;
  readonly warnings: string[];
}

const RENDERERS: Readonly<Record<OwnFormat, (use: KmsUse, rendering: Rendering) => string>> = {
  'aws-iam': (use, { isTerraform, node, gaps, warnings }) => {
    if (use.principal !== undefined) return keyPolicy(use, use.principal, gaps, warnings);
    const statements = awsStatements(use, gaps, warnings);
    return isTerraform ? renderAwsTerraform(node, statements) : renderAwsIam(statements);
  },
  'gcp-role': (use, { isTerraform, node, gaps, warnings }) => {
    const role = gcpRole(use, gaps, warnings);
    return isTerraform ? renderGcpTerraform(node, role) : renderGcpRole(role);
  },
};

function missing({ config, node }: PolicyRequest): string {
  const isThere = findNodes(config).some(({ id }) => id === node);
  return isThere ? `The configuration of ${node} cannot be read.` : unknownNode(config, node);
}

function withoutKms(view: NodeView): string {
  if (textAt(view.section, 'provider') === UNKNOWN || textAt(view.section, 'kms', 'type') === UNKNOWN) {
    return `It is unknown whether ${view.id} uses a KMS, because a part of its crypto section is unknown.`;
  }
  return `${view.id} does not use a KMS.`;
}

function withoutPolicy(node: string, type: string | undefined | typeof UNKNOWN): string {
  if (isKmsType(type)) {
    return `${node} uses a KMS driver. See the documentation of the driver for the permissions that it needs.`;
  }
  return `The KMS of ${node} is unknown: kms.type is ${typeof type === 'string' ? `'${type}'` : 'unknown'}.`;
}
