/** The address of the page of a rule; undefined if there is none to be opened. */
export type RuleLink = (code: string) => string | undefined;

/** The placeholder for the code in `initializationOptions.rulePage`. */
const PLACE = 'CODE';

/**
 * How problems lead to the pages of their rules. A client that shows pages itself says with which address, such as
 * `command:show?["CODE"]`; others get the page that lies beside the server, if it does. There is no site to lead to.
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
