import { isKmsType } from '../../../../schemas/kms-types';
import { factsOf, type PlanRequest } from '../facts';
import type { Plan, VaultState } from '../plan';
import { providerOf } from '../shared/provider';
import { type Trouble, type TroubledNode, troublesOf } from './troubles';
import { watchList } from './watch';

/** The failures that are possible from now on, and what to watch. */
export interface Outlook {
  readonly troubles: readonly Trouble[];
  /** Whole sentences, Markdown. */
  readonly watch: readonly string[];
}

/** The outlook for a node after a plan; undefined if it does not use a KMS then, or if that is unknown. */
export function outlookAfter(request: PlanRequest, { vault, steps, possible }: Plan): Outlook | undefined {
  const facts = factsOf(request);
  if (facts === undefined || !possible) return undefined;
  const last = steps.findLast(({ leaves }) => leaves !== undefined)?.leaves ?? vault;
  const type = providerOf(facts) ?? facts.target.kmsType;
  return outlookOf(last, type, facts.kind, request);
}

function outlookOf(
  vault: VaultState | undefined,
  type: string | undefined,
  kind: TroubledNode['kind'],
  { version }: Pick<PlanRequest, 'version'>,
): Outlook | undefined {
  if (vault === undefined || vault === 'clear' || !isKmsType(type)) return undefined;
  const node: TroubledNode = { vault, type, kind };
  return { troubles: troublesOf(node), watch: watchList(node, version) };
}
