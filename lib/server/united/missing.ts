import { asMailError } from '../../mail/errors.ts';
import type { MissingAccount } from '../../mail/model.ts';
import { ofAccount } from '../accounts/refused-password.ts';
import { log } from '../log.ts';
import type { SignedIn } from '../session.ts';

/** Why an account is left out. Throws `unauthenticated`, since that ends the sign-in, and `cancelled`. */
export function missingBy(error: unknown, signedIn: SignedIn, accountId: string): MissingAccount {
  const told = asMailError(ofAccount(error, signedIn, accountId));
  if (told.code === 'unauthenticated' || told.code === 'cancelled') throw told;
  log.warn({ accountId, code: told.code, err: error }, 'an account is missing among all');
  return { accountId, code: told.code };
}
