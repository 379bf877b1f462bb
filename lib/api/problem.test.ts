import { expect, test } from 'vitest';
import { z } from 'zod';
import { problem } from '../contract/answers.ts';
import { MailError, mailErrorCodes } from '../mail/errors.ts';
import { parse } from './parse.ts';
import { problemResponse } from './problem.ts';

test.each(mailErrorCodes)('%s is answered as a problem document of the contract', async (code) => {
  const response = problemResponse(new MailError(code, 'for the log'), 'r1');
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toMatch(/^private, no-store/);
  const body = problem.parse(await response.json());
  expect(body).toMatchObject({ code, status: response.status, requestId: 'r1' });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(`${body.title} ${body.advice}`).not.toMatch(/\b(IMAP|UID|error|failed|SELECT)\b/i);
});

test('what is for the log stays in the log', async () => {
  const error = new MailError('internal', 'password hunter2 refused', { cause: new Error('at /srv/app/secret.ts') });
  const text = await problemResponse(error, 'r1').text();
  expect(text).not.toMatch(/hunter2|secret\.ts/);
  expect(text).toContain('r1');
});

test('the words of the server, what was at fault and when to come back are told', async () => {
  const error = new MailError('busy', '', { serverText: '[IN-USE] locked', detail: 'Inbox', retryAfterMs: 1_200 });
  const response = problemResponse(error, 'r1');
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await response.json()).toMatchObject({ serverText: '[IN-USE] locked', detail: 'Inbox' });
});

test('an invalid request names its fields and never repeats their values', async () => {
  const schema = z.object({ ids: z.array(z.string().max(3)), name: z.enum(['a']) }).strict();
  let caught: unknown;
  try {
    parse(schema, { ids: ['ok', 'hunter2'], name: 'hunter2' }, 'body');
  } catch (error) {
    caught = error;
  }
  const text = await problemResponse(caught as MailError, 'r1').text();
  expect(JSON.parse(text).errors.map((error: { path: string }) => error.path)).toEqual(['body.ids.1', 'body.name']);
  expect(text).not.toContain('hunter2');
});

test('a thousand wrong fields are told as twenty', () => {
  const schema = z.array(z.int());
  expect(() => parse(schema, Array(1_000).fill('x'), 'body')).toThrow(
    expect.objectContaining({ errors: expect.objectContaining({ length: 20 }) }),
  );
});
