import { route } from '@/lib/api/route';

export const GET = route('listMailboxes', async ({ mail, query, signal }) => ({
  mailboxes: await mail.listMailboxes({ counts: query.counts === true }, { signal }),
}));

export const POST = route('createMailbox', ({ mail, body }) => mail.createMailbox(body));
