import { type AccountLook, changePersonAccount } from '../../store/person-account.ts';
import { accountOf, firstAccountId, forgetKnown, type SignedIn } from '../session.ts';
import { store } from '../store.ts';

/** Names, colours or moves one of the person's accounts; the one that signs in stays first. Throws `notFound`. */
export async function changeAccount(
  signedIn: SignedIn,
  accountId: string,
  { position, ...look }: AccountLook,
): Promise<void> {
  accountOf(signedIn, accountId);
  const ownerId = firstAccountId(signedIn);
  const moved = position === undefined || accountId === ownerId ? {} : { position };
  await changePersonAccount(await store(), { ownerId, accountId }, { ...look, ...moved });
  forgetKnown(signedIn.sessionId);
}
