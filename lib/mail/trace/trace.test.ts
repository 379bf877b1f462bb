import { describe, expect, test } from 'vitest';
import type { ExchangeLine } from '../model.ts';
import { createMask, hidden } from './mask.ts';
import { shapeText } from './shape.ts';
import { createTrace } from './trace.ts';

const secret = 'correct horse “battery”';
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('the secret in a line', () => {
  const shown = (text: string, of = secret) => shapeText(latin1(text), createMask(of));

  test.each([
    ['as it is', secret],
    ['in base64 (LOGIN)', base64(secret)],
    ['in SASL PLAIN', base64(`\0ada\0${secret}`)],
    ['in SASL PLAIN of every alignment', base64(`\0ad\0${secret}`)],
    ['in SASL PLAIN with an authorisation name', base64(`ada\0ada@example.org\0${secret}`)],
    ['in XOAUTH2', base64(`user=ada\x01auth=Bearer ${secret}\x01\x01`)],
    ['in OAUTHBEARER', base64(`n,a=ada,\x01host=h\x01port=993\x01auth=Bearer ${secret}\x01\x01`)],
    ['in base64 for URLs', Buffer.from(`\0ada\0${secret}`).toString('base64url')],
  ])('is not there %s, nor is anything around it lost', (_, form) => {
    expect(shown(`NO "${form}" is wrong, and ${form}`)).toBe('NO "••••" is wrong, and ••••');
  });

  test('is not there as an IMAP quoted string has it', () => {
    expect(shown('LOGIN "ann" "a\\"b\\\\c"', 'a"b\\c')).toBe('LOGIN "ann" "••••"');
  });

  test('is not there when the line is cut in the middle of it, at any place', () => {
    for (let at = 8_160; at < 8_200; at += 1) {
      // So much that is hidden makes room for the end of what was looked at.
      const line = `${'correct horse "battery"'.repeat(400).slice(0, at)}correct horse "battery" and more`;
      const text = shapeText(line, createMask('correct horse "battery"'));
      expect(text).not.toMatch(/corr|"b/);
      expect(text.endsWith('…')).toBe(true);
    }
  });

  test('a line that does not hold it stays as it is', () => {
    expect(shown('* 3 FETCH (FLAGS (\\Seen) UID 9) — grüße c2VjcmV0')).toBe(
      '* 3 FETCH (FLAGS (\\Seen) UID 9) — grüße c2VjcmV0',
    );
  });
});

describe('a line of the wire', () => {
  const shown = (text: string) => shapeText(text, createMask(secret));

  test('cannot paint outside of itself', () => {
    expect(shown(`a\u0000b\tc\x7f\x1b[31m${latin1('\u202egnp.exe\u200b\u0085')}`)).toBe(
      'a␀b␉c␡␛[31m⟨U+202E⟩gnp.exe⟨U+200B⟩⟨U+0085⟩',
    );
  });

  test('that is no UTF-8 is shown all the same', () => {
    expect(shown('caf\xe9 \xff')).toBe('caf\ufffd \ufffd');
  });

  test('is cut at 1,000 characters, between two', () => {
    expect(shown('x'.repeat(1_000))).toHaveLength(1_000);
    expect(shown('x'.repeat(9_000))).toBe(`${'x'.repeat(1_000)}…`);
    expect(shown(latin1(`${'x'.repeat(999)}😀😀`))).toBe(`${'x'.repeat(999)}…`);
  });

  test('of base64 without end takes no time', () => {
    const since = performance.now();
    for (let times = 0; times < 500; times += 1) shown('QUJD'.repeat(2_048));
    expect(performance.now() - since).toBeLessThan(2_000);
  });
});

describe('a trace', () => {
  const say = { direction: 'server' as const, text: 'OK', sizeBytes: 4 };
  function listening() {
    const trace = createTrace('IMAP', secret);
    const lines: ExchangeLine[] = [];
    const skipped: number[] = [];
    const leaving = new AbortController();
    const onLine = (line: ExchangeLine) => void lines.push(line);
    const ended = trace.listen({ onLine, onSkipped: (count) => void skipped.push(count) }, leaving.signal);
    return { trace, lines, skipped, leaving, ended };
  }

  test('is off until somebody listens and once nobody does any more', async () => {
    const { trace, leaving, ended, lines } = listening();
    const connection = trace.connection();
    expect([createTrace('IMAP', secret).connection().isOn, connection.isOn]).toEqual([false, true]);
    connection.tell(say);
    leaving.abort();
    await ended;
    expect(connection.isOn).toBe(false);
    expect(lines).toMatchObject([{ connection: 'IMAP 1', direction: 'server', text: 'OK', sizeBytes: 4 }]);
  });

  test('tells several listeners, and names connections one after the other', async () => {
    const { trace, lines } = listening();
    const others: ExchangeLine[] = [];
    const leaving = new AbortController();
    const other = trace.listen({ onLine: (line) => others.push(line), onSkipped: () => undefined }, leaving.signal);
    trace.connection().tell(say);
    leaving.abort();
    await other;
    trace.connection().tell({ ...say, tag: 'A1', text: `${hidden} ${latin1(secret)}` });
    expect(others).toHaveLength(1);
    expect(lines).toMatchObject([{ connection: 'IMAP 1' }, { connection: 'IMAP 2', tag: 'A1', text: '•••• ••••' }]);
  });

  test('ends when the account is closed, and does not begin again', async () => {
    const { trace, ended } = listening();
    trace.end();
    await ended;
    await trace.listen({ onLine: () => undefined, onSkipped: () => undefined }, new AbortController().signal);
    expect(trace.connection().isOn).toBe(false);
  });

  test('tells 500 lines a second, and of the others how many they were', async () => {
    const { trace, lines, skipped } = listening();
    const connection = trace.connection();
    for (let at = 0; at < 700; at += 1) connection.tell(say);
    expect(lines).toHaveLength(500);
    await expect.poll(() => skipped, { timeout: 3_000 }).toEqual([200]);
    connection.tell(say);
    expect(lines).toHaveLength(501);
  });
});
