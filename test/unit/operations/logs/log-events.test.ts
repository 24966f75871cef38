import assert from 'node:assert/strict';
import { logEvents } from '../../../../server/src/operations/logs/log-events';

const CLOCK = '2026-11-30 21:14:27,128 [canton-env-ec-21]';

/** `line node? level: text`, with a bar between the lines of an entry. */
function events(log: string): string[] {
  return logEvents(log).map(({ line, logger, node, text, isError, isOneLine }) => {
    const head = `${logger ?? '-'} ${node === undefined ? '-' : `${node.kind}.${node.name}`}`;
    return `${line} ${head}${isError ? ' error' : ''}${isOneLine ? ' one' : ''}: ${text.replaceAll('\n', '|')}`;
  });
}

describe('the entries of a log', () => {
  const cases: Readonly<Record<string, readonly [log: string, ...entries: string[]]>> = {
    'the nodes of Canton 3.x': [
      `${CLOCK} INFO  c.d.c.A:participant=p1/psid=da::1220 tid:1f - a\n${CLOCK} WARN  c.d.c.B:sequencer=s-1 - b\n${CLOCK} ERROR c.d.c.C:x=y/mediator=m_1 - c`,
      '1 c.d.c.A participants.p1: a',
      '2 c.d.c.B sequencers.s-1: b',
      '3 c.d.c.C mediators.m_1 error: c',
    ],
    'the nodes of Canton 2.x': [
      `${CLOCK} INFO  c.d.c.A:domain=d1 - a\n${CLOCK} INFO  c.d.c.B:domain-manager=d2 - b`,
      '1 c.d.c.A domains.d1: a',
      '2 c.d.c.B domain-managers.d2: b',
    ],
    'loggers without a node': [
      `${CLOCK} ERROR c.d.c.A - a\n${CLOCK} DEBUG c.d.c.B tid:1f participant=p1 - b\n${CLOCK} TRACE c.d.c.C:noparticipant=p1 - c`,
      '1 c.d.c.A - error: a',
      '2 c.d.c.B -: b',
      '3 c.d.c.C -: c',
    ],
    'a message of several lines, whatever they begin with': [
      `${CLOCK} ERROR c.d.c.A - a\n  b\nc\n\nat d\n${CLOCK} INFO  c.d.c.B - e - f\n`,
      '1 c.d.c.A - error: a|  b|c||at d',
      '6 c.d.c.B -: e - f|',
    ],
    'text without headers': [
      'Exception in thread "main" a\n\tat b\nCaused by: c\n... 3 more\ncanton.d\n)\nother\n... more\n.. 3 more',
      '1 - -: Exception in thread "main" a|\tat b|Caused by: c|... 3 more|canton.d|)',
      '7 - -: other',
      '8 - -: ... more',
      '9 - -: .. 3 more',
    ],
    'a header after text without one, and the prefixes of containers': [
      `starting\r\n2026-11-30T21:14:27+01:00 stderr P ${CLOCK} INFO  c.d.c.A - a\r\n2026-11-30T21:14:27.1Z b\n[pod/participant-0/participant] c\nparticipant-1 | d\n2026-11-30T21:14:27.1Z [e`,
      '1 - -: starting',
      '2 c.d.c.A -: a|b|c|d|2026-11-30T21:14:27.1Z [e',
    ],
    'colored text': [`\u001b[31m${CLOCK} \u001b[1;31mERROR\u001b[0m c.d.c.A - a\u001b[K`, '1 c.d.c.A - error: a'],
    'JSON of the usual encoders': [
      [
        { message: 'a\nb\r\nc', logger_name: 'c.d.c.A:participant=p1', level: 'ERROR', stack_trace: 's\n\tat t' },
        { msg: 'd', logger: 'c.d.c.B', severity: 'ERROR', stackTrace: 'u' },
        { message: 7, msg: 'e', loggerName: 'c.d.c.C', level: 'INFO', exception: 'v' },
        { message: 'f' },
        { message: `${CLOCK} ERROR c.d.c.D:mediator=m - g`, logger_name: 'other', level: 'INFO' },
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
      '1 c.d.c.A participants.p1 error one: a|b|c|s|\tat t',
      '2 c.d.c.B - error one: d|u',
      '3 c.d.c.C - one: e|v',
      '4 - - one: f',
      '5 c.d.c.D mediators.m error one: g',
    ],
    'the JSON of Docker': [
      [
        { log: `${CLOCK} ERROR c.d.c.A - a\r\n` },
        { log: `\u001b[1m${JSON.stringify({ message: 'b', logger: 'c.d.c.B' })}\n` },
        { log: '{ c }\n' },
        { log: 'd\n' },
        { log: '{}' },
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
      '1 c.d.c.A - error one: a',
      '2 c.d.c.B - one: b',
      '3 - - one: { c }',
      '4 - - one: d',
      '5 - - one: {}',
    ],
    'objects that are no entries': [
      '{ "a": 1 }\n{ a\n{"message": 1}',
      '1 - -: { "a": 1 }',
      '2 - -: { a',
      '3 - -: {"message": 1}',
    ],
  };
  for (const [name, [log, ...entries]] of Object.entries(cases))
    it(`are read from ${name}`, () => assert.deepEqual(events(log), entries));

  it('end with the line that brings them to twenty thousand characters after the first one', () => {
    for (const first of [`${CLOCK} ERROR c.d.c.A - a`, 'Exception a']) {
      const isKept = (length: number) => logEvents(`${first}\n ${'x'.repeat(length - 1)}\n b`)[0]?.text.endsWith(' b');
      assert.deepEqual([isKept(19_999), isKept(20_000)], [true, false], first);
    }
  });

  it('are not longer than a hundred thousand characters where they are one line', () => {
    const read = (length: number) => {
      const [line = ''] = [JSON.stringify({ message: 'x'.repeat(length - 14) })];
      assert.equal(line.length, length);
      return logEvents(line)[0]?.isOneLine;
    };
    assert.deepEqual([read(100_000), read(100_001)], [true, false]);
  });
});
