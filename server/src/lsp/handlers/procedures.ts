import type { Plan } from '../../operations/plan';
import {
  ANSWER_FAULT,
  type AnswerFault,
  type AnswerFaultParams,
  type ListedNode,
  NEXT_QUESTION,
  NODE_LIST,
  type NodesParams,
  PLAN,
  type PlanParams,
  POLICY,
  type PolicyParams,
  type PolicyResult,
  PROCEDURES,
  type ProcedureSummary,
  type ProceduresParams,
  type Question,
  READ_ONLY_FILES,
  type ReadOnlyFilesParams,
  RUNBOOK,
  type RunbookResult,
} from '../protocol';
import { type Serving, serveRequest } from './answer';

/** Planning of procedures, and policies, see `protocol.ts`. */
export function serveProcedures(serving: Serving): void {
  const { service } = serving;
  const request = <P, R>(method: string, nothing: R, handle: (params: P) => Promise<R>) =>
    serveRequest(serving, method, nothing, handle);
  request<ProceduresParams, readonly ProcedureSummary[]>(PROCEDURES, [], async ({ uri, node, options = {} }) =>
    (await service.procedures({ uri, node, options })).map(({ procedure: { name, title, summary }, reason }) => ({
      name,
      title,
      summary,
      reason: reason ?? null,
    })),
  );
  request<PlanParams, Question | null>(NEXT_QUESTION, null, async (params) => {
    return (await service.nextQuestion(params)) ?? null;
  });
  request<AnswerFaultParams, AnswerFault | null>(ANSWER_FAULT, null, async ({ option, answer, ...params }) => {
    return (await service.answerFault(params, option, answer)) ?? null;
  });
  request<PlanParams, Plan | null>(PLAN, null, (params) => service.plan(params));
  request<PlanParams, RunbookResult | null>(RUNBOOK, null, (params) => service.runbook(params));
  request<NodesParams, readonly ListedNode[]>(NODE_LIST, [], async ({ uri }) =>
    (await service.nodeList(uri)).map(({ place, wrapperKey, ...node }) => ({
      ...node,
      ...(place !== undefined && { place }),
      ...(wrapperKey !== undefined && { wrapperKey }),
    })),
  );
  request<ReadOnlyFilesParams, readonly string[]>(READ_ONLY_FILES, [], ({ uris }) => service.readOnly(uris));
  request<PolicyParams, PolicyResult | null>(POLICY, null, ({ uri, ...asked }) => service.policy(uri, asked));
}
