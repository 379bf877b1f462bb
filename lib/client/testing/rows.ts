import type { MessageSummary, Page } from '../../mail/model.ts';

/** A row whose id is its name, for tests of lists. */
export function rowOf(id: string, change: Partial<MessageSummary> = {}): MessageSummary {
  return {
    id,
    mailboxId: 'inbox',
    subject: `About ${id}`,
    from: [{ name: null, email: 'ann@example.org' }],
    to: [],
    receivedAt: '2026-11-20T10:00:00.000Z',
    sentAt: null,
    sizeBytes: 1_000,
    keywords: [],
    hasAttachment: false,
    preview: null,
    ...change,
  };
}

/** A folder of messages, `m0` the newest, that answers windows as the server does. */
export function folderOf(count: number) {
  const ids = Array.from({ length: count }, (_, index) => `m${index}`);
  let state = 1;
  return {
    ids,
    page(position: number, limit = 50): Page<MessageSummary> {
      const items = ids.slice(position, position + limit).map((id) => rowOf(id));
      return { position, total: ids.length, state: String(state), items };
    },
    arrive(...fresh: string[]) {
      ids.unshift(...fresh);
      state += 1;
    },
    remove(...gone: string[]) {
      for (const id of gone) ids.splice(ids.indexOf(id), 1);
      state += 1;
    },
  };
}
