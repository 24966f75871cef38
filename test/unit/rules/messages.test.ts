import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { configurationModel } from '../../../schemas/configuration';
import { check } from '../../../server/src/rules';
import { applied, checkText, codes, contextOf, URI } from './check-text';

const P = 'canton.participants.p1.crypto';
const only = (text: string, code: string) => {
  const found = checkText(text).filter((diagnostic) => diagnostic.code === code);
  equal(found.length, 1, `${found.length} findings`);
  return found[0];
};
const underlined = (text: string, code: string) => {
  const found = only(text, code);
  return text.slice(found?.range.start, found?.range.end);
};

describe('messages', () => {
  it('underline the unknown key, the wrong value, and the section that lacks a key', () => {
    equal(underlined(`${P}.kms { type = aws, region = r, foo = 1 }`, 'read/unknown-key'), 'foo');
    equal(underlined(`${P}.kms { type = aws, region = r, audit-logging = maybe }`, 'read/wrong-type'), 'maybe');
    equal(underlined(`${P}.kms { type = aws }`, 'read/missing-key'), 'kms');
    equal(underlined(`${P}.signing.keys.allowed = [ec-curve-25519, p256]`, 'read/invalid-value'), 'p256');
    equal(underlined(`${P}.provider = kms`, 'start/kms-missing'), 'kms');
  });

  it('quote the value and name what was probably meant', () => {
    const message = only(`${P}.provider = KMS`, 'read/invalid-value')?.message ?? '';
    ok(message.includes("'KMS'") && message.includes("'kms'"), message);
  });

  it('quote Canton where its words are known, and only there', async () => {
    const model = await configurationModel('3.5', 'enterprise');
    const message = (text: string) => {
      const node = `canton.participants.p1 { admin-api.port = 1, ledger-api.port = 2, storage.type = memory, ${text} }`;
      return checkText(node, { model }).find(({ severity }) => severity === 'error')?.message ?? '';
    };
    match(
      message('http-ledger-api.port = 70000'),
      /Canton: "Unable to create Port as value 70000 was given, but only values between 0 and 65535 are allowed"/,
    );
    match(message('ledger-api.max-inbound-message-size = -1'), /Canton: "The value you gave .*negative/);
    const qualifiers = checkText('canton.monitoring.metrics.qualifiers = [foo]', { model });
    doesNotMatch(qualifiers.find(({ severity }) => severity === 'error')?.message ?? 'Canton:', /Canton:/);
  });

  it('quote numbers, booleans and durations, too', () => {
    const quoted = (text: string, code: string, value: string) => {
      const message = only(text, code)?.message ?? '';
      ok(message.includes(`'${value}'`), message);
    };
    quoted(`${P} = 5`, 'read/wrong-type', '5');
    quoted(`${P}.parallelism = true`, 'read/wrong-type', 'true');
    quoted(`${P}.session-signing-keys { enabled = false, cut-off-duration = 106752d }`, 'read/crash', '106752d');
    const kms = 'provider = kms, kms { type = aws, region = us-east-1 }';
    const session = `${P} { ${kms}, session-signing-keys { enabled = true, key-validity-duration = 3m } }`;
    quoted(session, 'validate/session-key-durations', '3m');
  });

  it('say of a key that is dropped where it belongs', () => {
    const switches = 'canton.parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }';
    const found = only(`${switches}\ncanton.participants.p1.kms {}`, 'ignored/unknown-key');
    ok(found?.message.includes("Use 'crypto.kms' instead"), found?.message);
  });

  it('say which version has the key', () => {
    const [found] = checkText(`${P}.parallelism {}`, { version: '3.4' });
    ok(found?.message.includes('3.5') && found.message.includes('3.4'), found?.message);
  });

  it('say which type has the key', () => {
    ok(
      only(
        `${P}.kms { type = gcp, location-id = l, project-id = p, key-ring-id = k, region = r }`,
        'read/unknown-key',
      )?.message.includes("It requires type 'aws'"),
    );
  });

  it('report a value of a substitution where it is used, with the place that it came from', () => {
    const text = `_shared.flag = maybe\n${P}.kms { type = aws, region = r, audit-logging = \${_shared.flag} }`;
    const found = only(text, 'read/wrong-type');
    equal(text.slice(found?.range.start, found?.range.end), '${_shared.flag}');
    const location = found?.related?.[0]?.location;
    equal(text.slice(location?.range.start, location?.range.end), 'maybe');
  });

  it('do so for what is validated and started, too', () => {
    const text = `_shared.provider = kms\n${P}.provider = \${_shared.provider}`;
    const found = only(text, 'start/kms-missing');
    equal(text.slice(found?.range.start, found?.range.end), '${_shared.provider}');
    const location = found?.related?.[0]?.location;
    equal(text.slice(location?.range.start, location?.range.end), 'kms');
  });

  it('name the other file that a value came from', () => {
    const texts = new Map([
      ['file:///shared%20values.conf', '_flag = maybe'],
      [URI, `${P}.kms { type = aws, region = r, audit-logging = \${_flag} }`],
    ]);
    const found = check(contextOf(texts)).find(({ code }) => code === 'read/wrong-type');
    equal(found?.uri, URI);
    ok(found?.message.includes('shared values.conf'), found?.message);
  });

  it('report a shared section once, where it is written', () => {
    const text = `_crypto { kms { type = aws, region = r, foo = 1 } }
canton.participants { a.crypto = \${_crypto}, b.crypto = \${_crypto} }`;
    equal(underlined(text, 'read/unknown-key'), 'foo');
  });

  it('judge the last definition of a key', () => {
    const texts = new Map([
      ['file:///base.conf', `${P}.provider = KMS`],
      [URI, `${P}.provider = jce`],
    ]);
    deepEqual(codes(check(contextOf(texts)), 'error'), []);
  });
});

describe('related places', () => {
  const related = (text: string, code: string) =>
    (only(text, code)?.related ?? []).map(({ location: { range } }) => text.slice(range.start, range.end));

  it('are the other half of what does not fit', () => {
    const kms = 'provider = kms, kms { type = aws, region = us-east-1 }';
    const durations = `${P} { ${kms}, session-signing-keys { enabled = true, key-validity-duration = 4m, cut-off-duration = 2m } }`;
    deepEqual(related(durations, 'validate/session-key-durations'), ['2m']);
    const allowed = `${P}.signing { keys.allowed = [ec-curve-25519, ec-p-384], algorithms.allowed = [ed-25519] }`;
    deepEqual(related(allowed, 'validate/scheme-fit'), ['[ed-25519]']);
    const lists = `${P} { ${kms}, signing.keys.allowed = [ec-p-256], session-signing-keys { enabled = true, signing-key-spec = ec-p-384, signing-algorithm-spec = ec-dsa-sha-384 } }`;
    deepEqual(related(lists, 'validate/session-key-scheme'), ['[ec-p-256]']);
    deepEqual(related(`${P} { ${kms}, private-key-store.encryption.type = kms }`, 'ignored/encryption'), ['kms']);
  });
});

describe('suppression comments', () => {
  const text = (comment: string) => `${comment}\n${P}.provider = KMS\n`;

  it('silence one code on the next line', () => {
    deepEqual(codes(checkText(text('# canton-kms-ignore-next-line read/invalid-value a test of the loader'))), []);
    deepEqual(codes(checkText(text('// canton-kms-ignore-next-line read/invalid-value,advice/reverted x'))), [
      'advice/unused-suppression',
    ]);
  });

  it('may stand one above the other, and above other comments', () => {
    const comments = `# canton-kms-ignore-next-line read/invalid-value x
# canton-kms-ignore-next-line start/kms-missing y
# another remark`;
    deepEqual(codes(checkText(text(comments))), ['advice/unused-suppression']);
  });

  it('do not reach further than one line', () => {
    deepEqual(codes(checkText(text('# canton-kms-ignore-next-line read/invalid-value x\na = 1'))).sort(), [
      'advice/unused-suppression',
      'read/invalid-value',
    ]);
  });

  it('with a misspelled code can be mended', () => {
    const unused = (of: string) => checkText(of).find(({ code }) => code === 'advice/unused-suppression');
    const typo = text('# canton-kms-ignore-next-line read/invalid-valeu x');
    equal(applied(typo, unused(typo), /Change to/), text('# canton-kms-ignore-next-line read/invalid-value x'));
    ok(unused(text('# canton-kms-ignore-next-line hocon/cycle x'))?.message.includes('a comment cannot suppress'));
  });

  it('are reported when they name no rule, or none that exists', () => {
    const [nothing] = checkText(`# canton-kms-ignore-next-line\n${P} {}`);
    equal(nothing?.code, 'advice/unused-suppression');
    const [unknown] = checkText(`# canton-kms-ignore-next-line read/nonsense x\n${P} {}`);
    ok(unknown?.message.includes("'read/nonsense'"));
  });
});

describe('hints', () => {
  const messages = (text: string) => checkText(text).map(({ message }) => message);

  it('report a misspelled key once, and not the one that was meant as missing, too', () => {
    const typo = `${P}.kms { type = aws, multiRegionKey = true, regoin = r }`;
    const found = checkText(typo).filter(({ message }) => message.includes("'region'"));
    deepEqual(codes(found), ['read/unknown-key']);
    ok(found[0]?.message.includes("'regoin'"), found[0]?.message);
    equal(applied(typo, found[0], /Rename/), typo.replace('regoin', 'region'));
    const [other] = messages(`${P}.kms { type = aws, multi-region-key = true }`).filter((text) =>
      text.startsWith("Missing required key 'region'"),
    );
    ok(other !== undefined && !other.includes('multi-region-key'), other);
  });

  it('report what is missing where the misspelled key itself is no error', () => {
    const switches = 'canton.parameters { non-standard-config = yes, fail-on-unknown-config-keys = no }';
    const found = checkText(`${switches}\n${P}.kms { type = aws, regoin = r }`);
    deepEqual(codes(found).slice(0, 2), ['read/missing-key', 'ignored/unknown-key']);
  });

  it('name the key that was meant where a section is not described', () => {
    const [typo] = messages('canton.parameters.non-standart-config = true\ncanton.participants.p1.crypto {}');
    ok(typo?.includes("Did you mean 'non-standard-config'"), typo);
    const [misplaced] = messages('canton.participants.p1.kms { type = aws, region = us-east-1 }');
    ok(misplaced?.includes("Use 'crypto.kms' instead"), misplaced);
  });

  it('point a level down', () => {
    const found = messages(`${P}.private-key-store.wrapper-key-id = alias/a`).join(' ');
    ok(found.includes("It belongs in 'encryption'"), found);
  });
});

describe('a rule that fails', () => {
  it('says so, hides no other, and lets no node count as checked', () => {
    const text = `canton.participants.p1.crypto { provider = kms, kms { type = driver, name = d, config {} } }`;
    const context = contextOf(new Map([[URI, text]]));
    const driverSchemas: ReadonlyMap<string, unknown> = Object.assign(new Map(), {
      get: () => {
        throw new TypeError('no schema');
      },
    });
    const unclean: unknown[] = [];
    const remember: typeof context.remember = (nodes) => unclean.push(...nodes);
    const [first, ...others] = check({ ...context, driverSchemas, remember });
    equal(first?.code, 'internal/fault');
    match(first?.message ?? '', /^The rule 'advice\/driver-config' failed: TypeError: no schema\. /);
    equal(first?.uri, URI);
    deepEqual(others, []);
    deepEqual(unclean, context.view.nodes);
  });
});
