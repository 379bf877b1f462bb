import { MailError } from '../mail/errors.ts';
import { addAccount as add } from '../server/accounts/add.ts';
import { clientAddressOf } from '../server/client-address.ts';
import { currentSession } from '../server/session.ts';
import type { AnswerOf, Call } from './call.ts';
import { describeAccount } from './session.ts';

export { changeAccount } from '../server/accounts/change.ts';
export { removeAccount } from '../server/accounts/remove.ts';

/** Adds an account and tells what it can do. */
export async function addAccount({ signedIn, request, body }: Call<'addAccount'>): Promise<AnswerOf<'addAccount'>> {
  const accountId = await add(signedIn, body, clientAddressOf(request.headers));
  const now = await currentSession(request);
  const account = now?.accounts.find(({ id }) => id === accountId);
  if (now === null || account === undefined) throw new MailError('unauthenticated', 'the sign-in ended meanwhile');
  return await describeAccount(now, account);
}
