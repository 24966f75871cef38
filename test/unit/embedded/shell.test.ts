import assert from 'node:assert/strict';
import { applyHostEdit, regionsOf } from './regions';

describe('HOCON in shell scripts', () => {
  const texts = (host: string) => regionsOf('shellscript', host).map(({ text }) => text);

  it('stands in here-documents that are Canton’s, with the variables of the shell unknown', () => {
    const host =
      '#!/bin/sh\nset -e\ncat > a.conf <<EOF\ncanton.a = ${X:-1}, b = $Y, c = \\${?Z}, d = "$(id)"\nEOF\n' +
      "cat > b.conf << 'END'\r\ncanton.b = ${?X}\r\nEND\r\ncat <<EOF\nother = 1\nEOF\ncanton -c a.conf -C canton.c=1\n";
    assert.match(texts(host)[0] ?? '', /^canton\.a = \$\{X\}, b = \$\{Y\}, c = \$\{\?Z\}, d = ""\$\{\w+\}""\n$/);
    assert.equal(texts(host)[1], 'canton.b = ${?X}\n');
    assert.equal(texts(host).length, 2);
  });

  it('has what arithmetic, commands and arguments of the shell give unknown', () => {
    const host = 'cat <<EOF\ncanton.$1 = $((BASE + 2)), b = $(port "$(id (x))"), c = ${2:-x}\nEOF\n';
    assert.match(texts(host)[0] ?? '', /^canton\."\$1" = \$\{\w+\}, b = \$\{\w+\}, c = \$\{2\}\n$/);
  });

  it('is nothing else of a script', () => {
    assert.deepEqual(texts('canton.participants.p1.crypto.kms.type=aws\necho "canton { }" > a.conf\n'), []);
    assert.deepEqual(texts('cat <<EOF\ncanton.a = 1\n'), []);
  });

  it('stands in the instructions of a Dockerfile', () => {
    const host =
      'FROM x/canton-participant:0.6.11\nENV ADDITIONAL_CONFIG_A="canton.a = $A"\nCOPY <<EOF /app/a.conf\ncanton.b = 1\nEOF\n';
    assert.deepEqual(
      regionsOf('dockerfile', host).map(({ text }) => text),
      ['canton.a = ${A}', 'canton.b = 1\n'],
    );
  });

  it('is edited as the shell reads it', () => {
    const host = 'cat <<EOF\ncanton.a = 1\nEOF\n';
    const [region] = regionsOf('shellscript', host);
    const edit = region?.toHostEdit({ start: 11, end: 12 }, '${?B}');
    assert.equal(edit && applyHostEdit(host, edit), 'cat <<EOF\ncanton.a = \\${?B}\nEOF\n');
  });
});
