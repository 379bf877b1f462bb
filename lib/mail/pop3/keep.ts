import type { CallOptions } from '../driver.ts';
import type { Pop3Account } from './account.ts';
import { fetchMessages } from './fetch-messages.ts';
import { listInbox } from './list-inbox.ts';
import { withMaildrop } from './session.ts';

/** Takes these messages off the server and keeps them here durably; of what is gone or refused there, nothing is kept. */
export async function keepMessages(
  account: Pop3Account,
  uidls: ReadonlySet<string>,
  options: CallOptions,
): Promise<void> {
  if (uidls.size === 0) return;
  const { access } = account;
  const session = { signal: options.signal, deadlineMs: access.limits.searchMs };
  await withMaildrop(access, session, async (wire) => {
    const entries = await listInbox(account, wire);
    await fetchMessages(account, wire, {
      entries: entries.filter(({ uidl }) => uidls.has(uidl)),
      mayGoOn: () => true,
      onKept: () => undefined,
      onRefused: () => undefined,
    });
  });
}
