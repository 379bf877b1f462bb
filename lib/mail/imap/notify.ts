import { tellListeners, tellMailboxes } from './changes.ts';
import { keepSelected, keepStatus } from './notified.ts';
import type { Account, Held, Notified } from './pool-types.ts';
import { isSafeText } from './safe-text.ts';
import { isRefusal } from './translate-error.ts';
import { atom, execute, type Handler, innerOf, listOf, mailboxOf, type Token } from './wire.ts';

/** How long the server may take to look at every mailbox. */
const notifyMs = 20_000;
/** After the server found it too much, or said too much itself. */
const againMs = 10 * 60_000;
/** Told in a minute: more than a dozen programs at work on this mail would bring about. */
const maxLines = 10_000;

const ofMessages = ['MessageNew', 'MessageExpunge', 'FlagChange'].map(atom);
/** `selected-delayed`: EXPUNGE comes only where it may, since we fetch by number (RFC 5465 §6.1). */
const attributes: Token[] = [
  atom('SET'),
  atom('STATUS'),
  [atom('selected-delayed'), ofMessages],
  [atom('personal'), [...ofMessages, atom('MailboxName'), atom('SubscriptionChange')]],
];

/** The connection that tells of every mailbox. */
export const notifierOf = (account: Account): Held | undefined =>
  [...account.held].find(({ notified, client }) => notified !== null && client.usable);

/** Whether NOTIFY tells of the mailbox now: those of others and shared ones are not among the person's own (RFC 5465 §6.2). */
export function isNotified(account: Account, path: string): boolean {
  const notifier = notifierOf(account);
  if (!notifier) return false;
  const { other, shared } = notifier.client.namespaces ?? {};
  return ![...(other || []), ...(shared || [])].some(({ prefix }) => prefix !== '' && path.startsWith(prefix));
}

export const mayNotify = ({ client, account }: Held): boolean =>
  client.capabilities.has('NOTIFY') && Date.now() >= account.notifyAfter;

/**
 * Asks the server to tell on this connection of every mailbox of the person's own, whichever is selected (RFC 5465 §3.1);
 * `onEnd` when it does no more (§5.8). Who will not is not asked again in this sign-in, to whom it is too much in ten minutes.
 */
export async function beginNotify(held: Held, onEnd: () => void): Promise<void> {
  const { client, account } = held;
  const { known } = listen(held, onEnd);
  // A lost or late answer counts as too much.
  account.notifyAfter = Date.now() + againMs;
  try {
    await execute(client, { name: 'NOTIFY', attributes, deadlineMs: notifyMs });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { serverResponseCode } = error as { serverResponseCode?: string };
    if (serverResponseCode !== 'NOTIFICATIONOVERFLOW') account.notifyAfter = Number.POSITIVE_INFINITY;
    return;
  }
  account.notifyAfter = 0;
  if (client.mailbox) keepSelected(known, client.mailbox);
  held.notified = known;
}

interface Listening {
  known: Notified;
  onEnd: () => void;
}

const listening = new WeakMap<Held, Listening>();

function listen(held: Held, onEnd: () => void): Listening {
  const before = listening.get(held);
  if (before) {
    before.known.clear();
    before.onEnd = onEnd;
    return before;
  }
  const { client, account } = held;
  const inner = innerOf(client);
  const known: Notified = new Map();
  const own = { known, onEnd };
  listening.set(held, own);
  const end = () => {
    if (held.notified === null) return;
    held.notified = null;
    account.notifyAfter = Date.now() + againMs;
    own.onEnd();
  };
  const tell: Handler = async ({ attributes: [name, items] = [] }) => {
    const path = mailboxOf(client, name);
    const kind = path !== null && isSafeText(path) ? keepStatus(known, path, items) : null;
    if (held.notified !== null && path !== null && kind !== null) tellListeners(account, path, kind);
  };
  const tellOfFolders: Handler = async ({ attributes: [, , name, extended] = [] }) => {
    for (const each of [name, ...(listOf(listOf(extended)?.[1]) ?? [])]) known.delete(mailboxOf(client, each) ?? '');
    if (held.notified !== null) tellMailboxes(account);
  };
  const isWithin = countInTime(maxLines, 60_000);
  const handlerOf = inner.getUntaggedHandler.bind(client);
  inner.getUntaggedHandler = (keyword, answer) => {
    const handle = handlerOf(keyword, answer);
    const word = keyword.toUpperCase();
    if (word !== 'STATUS' && word !== 'LIST') return handle;
    const { command = '', attributes: asked } = inner.currentRequest || {};
    if (held.notified !== null && !isListing(command) && !isWithin()) {
      end();
      client.close();
      return undefined;
    }
    // What was asked for is no news of folders, and news of a folder is no answer about another one.
    if (word === 'LIST') return isListing(command) ? handle : tellOfFolders;
    if (command === 'STATUS' && mailboxOf(client, answer?.[0]) !== mailboxOf(client, asked ? asked[0] : undefined))
      return tell;
    return async (response) => {
      await tell(response);
      await handle?.(response);
    };
  };
  inner.sectionHandlers.NOTIFICATIONOVERFLOW = async () => end();
  for (const event of ['mailboxOpen', 'expunge', 'flags'] as const)
    client.on(event, () => client.mailbox && keepSelected(known, client.mailbox));
  client.on(
    'exists',
    ({ count, prevCount }) => client.mailbox && keepSelected(known, client.mailbox, count - prevCount),
  );
  return own;
}

const isListing = (command: string) => /^(NOTIFY|X?LIST|LSUB)$/.test(command);

/** Counts; false past `most` within `withinMs`. */
function countInTime(most: number, withinMs: number): () => boolean {
  let count = 0;
  let since = 0;
  return () => {
    if (Date.now() - since > withinMs) {
      since = Date.now();
      count = 0;
    }
    count += 1;
    return count <= most;
  };
}
