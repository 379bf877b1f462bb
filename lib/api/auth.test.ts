import { expect, test } from 'vitest';
import { answerAuth } from './auth.ts';

const ask = (step: string, body: string) =>
  answerAuth(new Request(`http://localhost/api/auth/${step}`, { method: 'POST', body }), {
    params: Promise.resolve({ nextauth: step.split('/') }),
  });

test('nobody writes into our log by next-auth’s own address for that', async () => {
  await expect(ask('_log', '{"code":"X","level":"error"}')).rejects.toMatchObject({ code: 'notFound' });
  await expect(ask('constructor', '')).rejects.toMatchObject({ code: 'notFound' });
  // What is served comes as far as the bound of its body.
  await expect(ask('callback/credentials', 'x'.repeat(70_000))).rejects.toMatchObject({ code: 'tooLarge' });
});
