import { rulePage } from '../../service';
import { CLASSIFY, DOCTOR, EFFECTIVE, NODES, PREFER_LAUNCH_SETS, RULE_PAGE, STATUS } from '../protocol';
import { type Serving, serveRequest } from './answer';

/** The requests beside LSP, see `protocol.ts`. */
export function serveOwnRequests(serving: Serving): void {
  const { service, delivery } = serving;
  serveRequest(serving, CLASSIFY, { canton: false }, async ({ uri, text }) => ({
    canton: await service.classify(uri, text),
  }));
  serveRequest(serving, STATUS, null, async ({ uri }) => {
    const { choice, ...status } = await service.status(uri);
    const { version: cantonVersion, versionSource, edition } = choice;
    return { cantonVersion, versionSource, edition, ...status };
  });
  serveRequest(serving, PREFER_LAUNCH_SETS, null, async ({ ids }) => {
    service.prefer(ids);
    delivery.everythingChanged();
    return null;
  });
  serveRequest(serving, DOCTOR, null, async () => ({ text: await service.doctor() }));
  serveRequest(serving, RULE_PAGE, null, async ({ code }) => {
    const markdown = rulePage(code);
    return markdown === undefined ? null : { markdown };
  });
  serveRequest(serving, EFFECTIVE, null, async ({ uri, node }) => {
    return (await service.effective(uri, node)) ?? null;
  });
  serveRequest(serving, NODES, [], ({ uri }) => service.nodes(uri));
}
