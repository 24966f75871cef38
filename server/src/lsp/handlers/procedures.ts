import {
  ANSWER_FAULT,
  NEXT_QUESTION,
  NODE_LIST,
  PLAN,
  POLICY,
  PROCEDURES,
  READ_ONLY_FILES,
  RUNBOOK,
} from '../protocol';
import { type Serving, serveRequest } from './answer';

/** Planning of procedures, and policies, see `protocol.ts`. */
export function serveProcedures(serving: Serving): void {
  const { service } = serving;
  serveRequest(serving, PROCEDURES, [], async ({ uri, node, options = {} }) =>
    (await service.procedures({ uri, node, options })).map(({ procedure: { name, title, summary }, reason }) => ({
      name,
      title,
      summary,
      reason: reason ?? null,
    })),
  );
  serveRequest(serving, NEXT_QUESTION, null, async (params) => {
    return (await service.nextQuestion(params)) ?? null;
  });
  serveRequest(serving, ANSWER_FAULT, null, async ({ option, answer, ...params }) => {
    return (await service.answerFault(params, option, answer)) ?? null;
  });
  serveRequest(serving, PLAN, null, (params) => service.plan(params));
  serveRequest(serving, RUNBOOK, null, (params) => service.runbook(params));
  serveRequest(serving, NODE_LIST, [], ({ uri }) => service.nodeList(uri));
  serveRequest(serving, READ_ONLY_FILES, [], ({ uris }) => service.readOnly(uris));
  serveRequest(serving, POLICY, null, ({ uri, ...asked }) => service.policy(uri, asked));
}
