import { MailError } from '../../mail/errors.ts';
import { isUsedByOthers, removePersonAccount } from '../../store/person-account.ts';
import { removeSchedule } from '../../store/schedule.ts';
import { closeDriver } from '../drivers.ts';
import { accountOf, firstAccountId, forgetKnown, type SignedIn } from '../session.ts';
import { store } from '../store.ts';

/**
 * Takes an added account away, with its password; mail is not touched, and what was collected stays for when it is added
 * again. Throws `notFound`, `conflict` for the account that signed in, and while mail of it waits to be sent.
 */
export async function removeAccount(signedIn: SignedIn, accountId: string): Promise<void> {
  accountOf(signedIn, accountId);
  const ownerId = firstAccountId(signedIn);
  if (accountId === ownerId) throw new MailError('conflict', 'the account that signed in', { detail: 'accountId' });
  const opened = await store();
  await removePersonAccount(opened, { ownerId, accountId });
  // The password for collecting with the browser shut was given for this person too.
  if (!(await isUsedByOthers(opened, { ownerId, accountId }))) await removeSchedule(opened, accountId);
  await closeDriver({ sessionId: signedIn.sessionId, accountId });
  forgetKnown(signedIn.sessionId);
}
