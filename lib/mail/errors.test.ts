import { expect, it } from 'vitest';
import { asMailError, MailError, mailErrorCodes } from './errors.ts';

it('carries the code, the words of the server and the cause', () => {
  const cause = new Error('socket');
  const error = new MailError('busy', 'maildrop locked', {
    cause,
    serverText: '[IN-USE] try later',
    retryAfterMs: 5_000,
  });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'MailError',
    code: 'busy',
    serverText: '[IN-USE] try later',
    retryAfterMs: 5_000,
    cause,
  });
});

it('gives a MailError as it is, and wraps all else as internal with its cause', () => {
  const error = new MailError('stale', 'gone');
  expect(asMailError(error)).toBe(error);
  const cause = new TypeError('x is undefined');
  expect(asMailError(cause)).toMatchObject({ code: 'internal', message: 'x is undefined', cause });
  expect(asMailError('a string')).toMatchObject({ code: 'internal', message: 'a string', cause: 'a string' });
  expect(asMailError(undefined).code).toBe('internal');
});

it('lists every code once', () => {
  expect(new Set(mailErrorCodes).size).toBe(mailErrorCodes.length);
});
