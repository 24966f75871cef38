import { textAt } from '../model/binding/bound';
import { usesKms } from '../model/facts/node-facts';
import type { NodeView } from '../model/facts/view';
import { isSince } from './report';
import type { RuleContext } from './rule';

/** Whether the start of a node makes a client of the AWS SDK; how 3.3 does that is not public. */
export function makesAwsClient(context: RuleContext, node: NodeView): boolean {
  return isSince(context, '3.4') && usesKms(node) && textAt(node.section, 'kms', 'type') === 'aws';
}

export function isBlankRegion(region: string): boolean {
  return region.trim() === '';
}

/** What `java.net.URI` does not parse, or parses without a scheme; `localhost:4566` has the scheme `localhost`. */
export function isNoUri(endpoint: string): boolean {
  return !/^[A-Za-z][A-Za-z0-9+.-]*:./.test(endpoint) || /[\s"<>\\^`{|}]/.test(endpoint);
}
