import { equal } from 'node:assert/strict';
import { ruleLinks } from '../../../server/src/lsp/rule-links';

describe('the link from a problem to the page of its rule', () => {
  const hasPage = (code: string) => code === 'read/crash';
  const beside = (code: string) => `file:///docs/${code}.md`;

  it('is the page beside the server', () => {
    equal(ruleLinks(undefined, beside, hasPage)('read/crash'), 'file:///docs/read/crash.md');
    equal(ruleLinks({ rulePage: 5 }, () => undefined, hasPage)('read/crash'), undefined);
  });

  it('is what the client asks for', () => {
    const options = { rulePage: 'command:show?%5B%22CODE%22%5D' };
    equal(ruleLinks(options, beside, hasPage)('read/crash'), 'command:show?%5B%22read%2Fcrash%22%5D');
  });

  it('is not there for a code without a page', () => {
    equal(ruleLinks({ rulePage: 'command:show?CODE' }, beside, hasPage)('project/syntax'), undefined);
  });
});
