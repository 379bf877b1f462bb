import type { ImapFlow } from 'imapflow';
import type { Capabilities } from '../model.ts';

/** What this server can do, in our words. */
export function translateCapabilities({ capabilities, namespace }: ImapFlow): Capabilities {
  return {
    protocol: 'imap',
    mailboxes: { create: true, rename: true, delete: true, subscribe: true, nest: Boolean(namespace?.delimiter) },
    move: true,
    copy: true,
    append: true,
    keywords: 'server',
    sort: capabilities.has('SORT') ? ['receivedAt', 'from', 'subject', 'size'] : ['receivedAt'],
    filter: ['unread', 'flagged', 'attachment'],
    threads: true,
    watch: true,
  };
}
