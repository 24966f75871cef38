/** The address of the page of a rule; undefined if there is no page to open. */
export type RuleLink = (code: string) => string | undefined;

/** The placeholder for the code in `initializationOptions.rulePage`. */
const PLACE = 'CODE';

/**
 * Links from problems to the pages of their rules. A client that shows pages itself specifies the address, such as
 * `command:show?["CODE"]`; other clients get the page installed with the server, if there is one. There is no web site
 * to link to.
 */
export function ruleLinks(options: unknown, besideServer: RuleLink, hasPage: (code: string) => boolean): RuleLink {
  const pattern = (options as { readonly rulePage?: unknown } | null | undefined)?.rulePage;
  const known = new Map<string, string | undefined>();
  const linkTo: RuleLink =
    typeof pattern === 'string' ? (code) => pattern.replaceAll(PLACE, () => encodeURIComponent(code)) : besideServer;
  return (code) => {
    if (!known.has(code)) known.set(code, hasPage(code) ? linkTo(code) : undefined);
    return known.get(code);
  };
}
