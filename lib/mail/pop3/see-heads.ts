import { MailError } from '../errors.ts';
import type { Pop3Account } from './account.ts';
import { type Head, headBytes, readHead } from './head.ts';
import type { Entry } from './listing.ts';
import type { MaildropHeader } from './maildrop.ts';
import { isSameMessage } from './same-message.ts';
import { summariseHead } from './summarise.ts';
import type { Wire } from './wire.ts';

/** The header that the server gives of a message now. */
export interface Seen {
  head: Head;
  header: MaildropHeader;
}

/** The headers of these, in their order; null where the server would not say. */
export async function seeHeads(
  { server }: Pop3Account,
  wire: Wire,
  entries: (Entry | undefined)[],
): Promise<(Seen | null)[]> {
  const see = async (entry: Entry | undefined): Promise<Seen | null> => {
    if (!entry) return null;
    try {
      const head = await readHead(wire, server, entry.number, 0);
      return { head, header: await summariseHead(head, new Date().toISOString()) };
    } catch (error) {
      if (error instanceof MailError && error.code === 'notFound') return null;
      throw error;
    }
  };
  // The first by itself: should there be no TOP, that is found out once and not for every message.
  const [first, ...rest] = entries;
  return [await see(first), ...(await Promise.all(rest.map(see)))];
}

/** Whether it is not the message whose header is known. Of a header that was cut nothing is said. */
export const isOther = ({ head, header }: Seen, before: MaildropHeader): boolean =>
  head.bytes.length < headBytes && !isSameMessage(header, before);

/** Whether the server has another message under one of these names than was known by it. Without TOP nothing is asked. */
export async function hasStranger(account: Pop3Account, wire: Wire, entries: Entry[]): Promise<boolean> {
  if (!account.server.hasTop || entries.length === 0) return false;
  const uidls = entries.map(({ uidl }) => uidl);
  const [known, seen] = await Promise.all([
    account.store.headersOf(account.accountId, uidls),
    seeHeads(account, wire, entries),
  ]);
  return seen.some((now, index) => {
    const before = known.get(uidls[index] ?? '');
    return now !== null && before !== undefined && isOther(now, before);
  });
}
