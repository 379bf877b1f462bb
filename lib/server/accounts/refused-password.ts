import { asMailError, MailError } from '../../mail/errors.ts';
import type { SignedIn } from '../session.ts';

/**
 * An error of one account as its person is told it: where the password of an added account is not accepted the sign-in goes
 * on, so that it is `passwordRefused` and not `unauthenticated`.
 */
export function ofAccount(error: unknown, signedIn: SignedIn | null, accountId: string | undefined): unknown {
  const isAdded = accountId !== undefined && signedIn?.accounts.slice(1).some(({ id }) => id === accountId) === true;
  if (!isAdded || asMailError(error).code !== 'unauthenticated') return error;
  const { message, serverText } = asMailError(error);
  const quote = serverText === undefined ? {} : { serverText };
  return new MailError('passwordRefused', message, { cause: error, ...quote });
}
