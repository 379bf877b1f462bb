import type { MessageSummary } from '../../mail/model.ts';
import { call } from '../api.ts';

/** More than anybody reads one by one. */
const looked = 20;

/** Tells of an Inbox, each time it is asked, the unread messages that have come in since the time before. */
export interface NewMail {
  /** What is there now is known from here on. */
  begin(accountId: string, mailboxId: string): Promise<void>;
  /** The newest first; empty where the Inbox was not begun with. */
  since(accountId: string, mailboxId: string): Promise<MessageSummary[]>;
}

export function createNewMail(): NewMail {
  const known = new Map<string, Set<string>>();
  const newest = async (accountId: string, mailboxId: string) => {
    const params = { accountId, mailboxId };
    return (await call('listMessages', { params, query: { position: 0, limit: looked } })).items;
  };
  return {
    async begin(accountId, mailboxId) {
      if (known.has(accountId)) return;
      known.set(accountId, new Set((await newest(accountId, mailboxId)).map(({ id }) => id)));
    },
    async since(accountId, mailboxId) {
      const before = known.get(accountId);
      if (before === undefined) return [];
      const items = await newest(accountId, mailboxId);
      // What went makes room for older ones at the end of the page: they came before the newest that was known.
      const last = items.findIndex(({ id }) => before.has(id));
      const came = last === -1 ? items : items.slice(0, last);
      for (const { id } of came) before.add(id);
      return came.filter(({ keywords }) => !keywords.includes('$seen'));
    },
  };
}
