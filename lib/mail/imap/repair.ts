import type { ImapFlow } from 'imapflow';
import { parseHeaders } from '../mime/headers.ts';
import type { Facts } from './facts.ts';
import { fetchRows, peekFields } from './fetch.ts';
import { atom } from './wire.ts';

const fields = ['SUBJECT', 'FROM', 'TO', 'CC', 'REPLY-TO'];

/**
 * Reads again what a server sent as 8-bit text in quoted strings (Courier), which imapflow decodes as UTF-8 whatever it
 * is: header fields come as literals, whose bytes are kept.
 */
export async function repairNames(client: ImapFlow, rows: readonly Facts[]): Promise<void> {
  const damaged = new Map(rows.filter(isDamaged).map((facts) => [facts.uid, facts]));
  if (damaged.size === 0) return;
  const range = [...damaged.keys()].join(',');
  for (const row of await fetchRows(client, { range, isUid: true, items: [atom('UID'), peekFields(fields)] })) {
    const facts = row.uid === null ? undefined : damaged.get(row.uid);
    const head = row.sections.get('HEADER.FIELDS');
    if (!facts || !head) continue;
    const { subject, from, to, cc, replyTo } = parseHeaders(head);
    Object.assign(facts, { subject, from, to, cc, replyTo });
  }
}

const isDamaged = ({ subject, from, to, cc, replyTo }: Facts): boolean =>
  [subject, ...[...from, ...to, ...cc, ...replyTo].map(({ name, email }) => `${name ?? ''}${email}`)].some((text) =>
    text.includes('\ufffd'),
  );
