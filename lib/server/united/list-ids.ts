import type { ListFilter, MissingAccount } from '../../mail/model.ts';
import { mailFor } from '../mail-for.ts';
import type { SignedIn } from '../session.ts';
import { missingBy } from './missing.ts';
import { inboxOf } from './source.ts';

export interface InboxesIds {
  accounts: { accountId: string; ids: string[] }[];
  missing: MissingAccount[];
}

/** The ids of what is in all Inboxes, by account: of an account that does not answer none, and it is named in `missing`. */
export async function listInboxesIds(
  signedIn: SignedIn,
  { filter, collapse }: { filter?: ListFilter | undefined; collapse?: boolean | undefined },
  signal: AbortSignal,
): Promise<InboxesIds> {
  const missing: MissingAccount[] = [];
  const accounts = await Promise.all(
    signedIn.accounts.map(async ({ id: accountId }) => {
      const listed = async () => {
        const mail = await mailFor(signedIn, accountId);
        const request = {
          mailboxId: await inboxOf(mail),
          ...(filter ? { filter } : {}),
          ...(collapse ? { collapse } : {}),
        };
        return await mail.listMessageIds(request, { signal });
      };
      try {
        return [{ accountId, ids: await listed() }];
      } catch (error) {
        missing.push(missingBy(error, signedIn, accountId));
        return [];
      }
    }),
  );
  return { accounts: accounts.flat(), missing };
}
