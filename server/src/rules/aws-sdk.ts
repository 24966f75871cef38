import { kmsType, usesKms } from '../model/facts/node-facts';
import type { NodeView } from '../model/facts/view';
import { isSince } from './report';
import type { RuleContext } from './rule';

/** Whether the start of a node creates a client of the AWS SDK; the code of 3.3 is not public. */
export function makesAwsClient(context: RuleContext, node: NodeView): boolean {
  return isSince(context, '3.4') && usesKms(node) && kmsType(node.section) === 'aws';
}

export function isBlankRegion(region: string): boolean {
  return region.trim() === '';
}

/**
 * A region that cannot be part of a host name: `java.net.URI` finds no host in `https://kms.us_east_1.amazonaws.com`.
 */
export function isNoHostLabel(region: string): boolean {
  return !/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(region);
}

/** A text that `java.net.URI` cannot parse, or parses without a scheme; `localhost:4566` has the scheme `localhost`. */
export function isNoUri(endpoint: string): boolean {
  return (
    !/^[A-Za-z][A-Za-z0-9+.-]*:./.test(endpoint) ||
    /[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})|:\/\/$|:\/\/\[[^\]]*$/.test(endpoint)
  );
}
