import type { CollectionStore } from './collection-store.ts';
import type { MaildropContents } from './contents-store.ts';
import type { KnownServer } from './known-servers.ts';
import type { MailboxStore } from './mailbox-store.ts';
import type { MaildropStore } from './maildrop.ts';
import type { MaildropAccess } from './session.ts';

/** What every call of the driver works with. */
export interface Pop3Account {
  accountId: string;
  access: MaildropAccess;
  store: MaildropStore;
  mailboxes: MailboxStore;
  contents: MaildropContents;
  collection: CollectionStore;
  server: KnownServer;
}
