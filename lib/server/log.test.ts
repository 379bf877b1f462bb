import { expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  write(
    createLog({
      write(line: string) {
        text += line;
      },
    }),
  );
  return text;
}

test('an event is one JSON line with its level in words and its time in UTC', () => {
  const text = logged((log) => log.info({ durationMs: 3 }, 'signed in'));
  expect(text.endsWith('\n')).toBe(true);
  expect(JSON.parse(text)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    durationMs: 3,
    msg: 'signed in',
  });
});

test('passwords, tokens and what people wrote are cut at every depth that events have', () => {
  const secret = 'hunter2';
  const event = {
    password: secret,
    login: { password: secret, username: 'anna' },
    request: { headers: { cookie: secret } },
  };
  const text = logged((log) => log.warn({ ...event, subject: secret, mail: { preview: secret } }, 'a mistake'));
  expect(text).not.toContain(secret);
  expect(text).toContain('anna');
});

test('an error tells its code, its words and its causes, and nothing that a library hung on it', () => {
  const cause = Object.assign(new Error('Command failed'), { code: 'NoConnection', request: 'LOGIN anna hunter2' });
  const error = new MailError('unreachable', 'no connection', { cause, serverText: 'go away' });
  const text = logged((log) => log.error({ err: error }, 'failed'));
  expect(text).not.toContain('hunter2');
  expect(JSON.parse(text)).toMatchObject({
    err: { code: 'unreachable', serverText: 'go away', cause: { message: 'Command failed', code: 'NoConnection' } },
  });
});
