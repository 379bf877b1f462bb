import { MailError } from '../mail/errors.ts';

/** Throws `notFound`: an address under /api that is no operation is told as all else is, not by a page. */
export async function answerUnknown(): Promise<Response> {
  throw new MailError('notFound', 'no such operation', { detail: 'the operations are in /api/openapi.json' });
}
