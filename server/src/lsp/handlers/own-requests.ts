import {
  CLASSIFY,
  type ClassifyParams,
  type ClassifyResult,
  EFFECTIVE,
  type EffectiveParams,
  type EffectiveResult,
  NODES,
  type NodeSummary,
  type NodesParams,
  PREFER_LAUNCH_SETS,
  type PreferLaunchSetsParams,
  REPORT,
  type ReportResult,
  RULE_PAGE,
  type RulePageParams,
  type RulePageResult,
  STATUS,
  type StatusParams,
  type StatusResult,
} from '../protocol';
import { type Serving, serveRequest } from './answer';

/** The requests beside LSP, see `protocol.ts`. */
export function serveOwnRequests(serving: Serving): void {
  const { service, delivery } = serving;
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
  request<PreferLaunchSetsParams, null>(PREFER_LAUNCH_SETS, null, async ({ ids }) => {
    service.prefer(ids);
    delivery.everythingChanged();
    return null;
  });
  request<unknown, ReportResult | null>(REPORT, null, async () => ({ text: await service.report() }));
  request<RulePageParams, RulePageResult | null>(RULE_PAGE, null, async ({ code }) => {
    const markdown = service.rulePage(code);
    return markdown === undefined ? null : { markdown };
  });
  request<EffectiveParams, EffectiveResult | null>(EFFECTIVE, null, async ({ uri, node }) => {
    return (await service.effective(uri, node)) ?? null;
  });
  request<NodesParams, readonly NodeSummary[]>(NODES, [], ({ uri }) => service.nodes(uri));
}
