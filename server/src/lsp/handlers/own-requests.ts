import type { Plan } from '../../operations';
import {
  ANSWER_FAULT,
  type AnswerFault,
  type AnswerFaultParams,
  CLASSIFY,
  type ClassifyParams,
  type ClassifyResult,
  NEXT_QUESTION,
  NODES,
  type NodeSummary,
  type NodesParams,
  PLAN,
  type PlanParams,
  PROCEDURES,
  type ProcedureSummary,
  type ProceduresParams,
  type Question,
  RULE_PAGE,
  RUNBOOK,
  type RulePageParams,
  type RulePageResult,
  type RunbookResult,
  STATUS,
  type StatusParams,
  type StatusResult,
} from '../protocol';
import { type Serving, serveRequest } from './answer';

/** The requests beside LSP, see `protocol.ts`. */
export function serveOwnRequests(serving: Serving): void {
  const { service } = serving;
  const request = <P, R>(method: string, nothing: R, handle: (params: P) => Promise<R>) =>
    serveRequest(serving, method, nothing, handle);
  request<ClassifyParams, ClassifyResult>(CLASSIFY, { canton: false }, async ({ uri, text }) => ({
    canton: await service.classify(uri, text),
  }));
  request<StatusParams, StatusResult | null>(STATUS, null, async ({ uri }) => {
    const { choice, ...status } = await service.status(uri);
    const { version: cantonVersion, versionSource, edition } = choice;
    return { cantonVersion, versionSource, edition, ...status };
  });
  request<ProceduresParams, readonly ProcedureSummary[]>(PROCEDURES, [], async ({ uri, node, options = {} }) =>
    (await service.procedures({ uri, node, options })).map(({ procedure: { name, title, summary }, reason }) => ({
      name,
      title,
      summary,
      reason: reason ?? null,
    })),
  );
  request<AnswerFaultParams, AnswerFault | null>(ANSWER_FAULT, null, async ({ option, answer: typed, ...params }) => {
    return (await service.answerFault(params, option, typed)) ?? null;
  });
  request<PlanParams, Plan | null>(PLAN, null, (params) => service.plan(params));
  request<PlanParams, RunbookResult | null>(RUNBOOK, null, (params) => service.runbook(params));
  request<PlanParams, Question | null>(NEXT_QUESTION, null, async (params) => {
    return (await service.nextQuestion(params)) ?? null;
  });
  request<RulePageParams, RulePageResult | null>(RULE_PAGE, null, async ({ code }) => {
    const markdown = service.rulePage(code);
    return markdown === undefined ? null : { markdown };
  });
  request<NodesParams, readonly NodeSummary[]>(NODES, [], ({ uri }) => service.nodes(uri));
}
