import { parseDate } from '../mime/dates.ts';
import { parseHeaders } from '../mime/headers.ts';
import { fetchRows, peekFields, type Row } from './fetch.ts';
import { type ThreadHead, threadByReferences, within } from './thread-tree.ts';
import type { Groups } from './thread-uids.ts';
import { inOrder, lastUidOf, type Threads } from './threads.ts';
import { formatUidSets } from './uid-set.ts';
import { atom } from './wire.ts';
import type { Selected } from './with-imap.ts';

/** So many of the newest messages are joined where the server joins none. */
const windowSize = 2_000;
const fields = ['MESSAGE-ID', 'REFERENCES', 'IN-REPLY-TO', 'SUBJECT', 'DATE'];

/**
 * The conversations of the newest messages, by their own headers; what is older stands alone. Headers never change, so
 * each is read once.
 */
export async function readWindowThreads(selected: Selected): Promise<Threads> {
  const { client, mailbox, uidValidity, account } = selected;
  const below = Math.max(0, mailbox.exists - windowSize);
  const heads = account.memory.headsOf(mailbox.path, uidValidity);
  const empty = { uids: new Uint32Array(0), ends: new Uint32Array(0) };
  if (mailbox.exists === 0) return { ...empty, uidValidity, below: 0, version: 0 };
  const known = account.memory.threads.get(mailbox.path);
  if (known?.uidValidity === uidValidity && (await isAsKnown(selected, known))) return known;
  const rows = await fetchRows(client, { range: `${below + 1}:*`, isUid: false, items: [atom('UID')] });
  const uids = rows.flatMap(({ uid }) => uid ?? []).sort((a, b) => a - b);
  const isHere = new Set(uids);
  for (const uid of heads.keys()) if (!isHere.has(uid)) heads.delete(uid);
  for (const range of formatUidSets(uids.filter((uid) => !heads.has(uid)))) {
    const items = [atom('UID'), atom('INTERNALDATE'), peekFields(fields)];
    for (const row of await fetchRows(client, { range, isUid: true, items })) {
      const head = headOf(row);
      if (head) heads.set(head.uid, head);
    }
  }
  const window = uids.flatMap((uid) => heads.get(uid) ?? []);
  const threads = {
    ...inOrder(groupsOf(threadByReferences(window, { bySubject: false }))),
    uidValidity,
    below,
    version: 0,
  };
  account.memory.threads.set(mailbox.path, threads);
  return threads;
}

/** UIDs only grow, so the same last one and as many messages are the same messages. */
async function isAsKnown({ client, mailbox }: Selected, known: Threads): Promise<boolean> {
  if (known.uids.length + known.below !== mailbox.exists) return false;
  const last = await fetchRows(client, { range: `${mailbox.exists}`, isUid: false, items: [atom('UID')] });
  return last[0]?.uid === lastUidOf(known);
}

function headOf({ uid, internalDate, sections }: Row): ThreadHead | null {
  if (uid === null) return null;
  const { messageId, references, inReplyTo, subject, sentAt } = parseHeaders(
    sections.get('HEADER.FIELDS') ?? Buffer.alloc(0),
  );
  const answered = references.length > 0 ? [...references.slice(0, 1), ...references.slice(1).slice(-30)] : inReplyTo;
  return {
    uid,
    messageId: messageId === null ? null : own(messageId),
    references: (references.length > 0 ? answered : answered.slice(0, 1)).map(own),
    subject: own(subject),
    sentAtMs: Date.parse(sentAt ?? parseDate(internalDate) ?? ''),
  };
}

/** A part of a text keeps all of it in memory, here a header of up to 64 KiB. */
const own = (text: string): string => Buffer.from(text.slice(0, 300)).toString();

function groupsOf(threads: ReturnType<typeof threadByReferences>): Groups {
  const uids: number[] = [];
  const ends: number[] = [];
  for (const thread of threads) {
    for (const { head } of within([thread])) if (head) uids.push(head.uid);
    ends.push(uids.length);
  }
  return { uids: Uint32Array.from(uids), ends: Uint32Array.from(ends) };
}
