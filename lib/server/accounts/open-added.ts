import { asMailError } from '../../mail/errors.ts';
import { listPersonAccounts } from '../../store/person-account.ts';
import { addToSession } from '../../store/session.ts';
import { config } from '../config.ts';
import type { SignInToken } from '../cookie.ts';
import { log } from '../log.ts';
import { store } from '../store.ts';
import { sealSecret } from '../vault.ts';
import { type OwnerKey, ownerKey } from './key.ts';

/** What opens nothing: the account stands there, and asks for its password. */
const noSecret = Buffer.alloc(0);

/**
 * Gives a new sign-in the accounts that its person has added. One whose password was sealed with an earlier password of the
 * person stays closed until it is given again.
 */
export async function openAdded(token: SignInToken, ownerId: string, password: string): Promise<void> {
  const opened = await store();
  const added = (await listPersonAccounts(opened, ownerId)).filter(({ sealed_secret }) => sealed_secret !== null);
  if (added.length === 0) return;
  const key = await ownerKey(ownerId, password);
  for (const { account_id: accountId, sealed_secret } of added) {
    const place = { sessionId: token.sessionId, accountId };
    const secret = secretOf(key, accountId, Buffer.from(sealed_secret ?? noSecret));
    const halves = { authSecret: config().authSecret, half: token.half };
    await addToSession(opened, place, secret === null ? noSecret : sealSecret(secret, halves, place));
  }
}

function secretOf(key: OwnerKey, accountId: string, sealed: Buffer): string | null {
  try {
    return key.open(accountId, sealed);
  } catch (error) {
    log.info({ accountId, err: asMailError(error) }, 'an added account asks for its password again');
    return null;
  }
}
