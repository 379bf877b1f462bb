import type { Session } from '../contract/operations.ts';
import type { MailDriver } from '../mail/driver.ts';
import type { ListFilter, Mailbox, MessageSummary, Page, SortProperty } from '../mail/model.ts';
import { log } from '../server/log.ts';
import { mailFor } from '../server/mail-for.ts';
import { currentSession, type SignedIn } from '../server/session.ts';
import { readSettings } from '../server/settings.ts';
import { type InboxesPage, listInboxes } from '../server/united/list.ts';
import { describeSession } from './session.ts';

/** Which list the address of the page shows. */
export interface PageView {
  accountId: string | null;
  /** All Inboxes, where there are several accounts. */
  isUnited: boolean;
  mailboxId: string | null;
  sort: SortProperty;
  isAscending: boolean;
  filter: ListFilter | null;
  isSearch: boolean;
}

/** What goes into the document of the inbox; what was not known in time is left to the browser to ask. */
export interface MailPage {
  session: Session;
  mailboxes: { accountId: string; mailboxes: Mailbox[] } | undefined;
  mailboxId: string | null;
  page: Page<MessageSummary> | undefined;
  /** In place of `page`: all Inboxes. */
  inboxes: InboxesPage | undefined;
  /** The page is of conversations. */
  isCollapsed: boolean;
}

/** So long the document waits for the mail server: longer, and an empty frame at once is better. */
const patienceMs = 300;
const firstRows = 50;

/** The start of the inbox for whoever `headers` are from; null when nobody is signed in. */
export async function mailPage(headers: Headers, view: PageView): Promise<MailPage | null> {
  const signedIn = await currentSession(new Request('http://localhost/', { headers }));
  if (signedIn === null) return null;
  const own = signedIn.accounts.find(({ id }) => id === view.accountId);
  const accountId = own?.id ?? signedIn.accounts[0]?.id;
  // A folder of an account that is not theirs, or not any more, may be another one here.
  const shown = own === undefined && view.accountId !== null ? { ...view, mailboxId: null } : view;
  const [session, mail] = await Promise.all([
    describeSession(signedIn, patienceMs),
    accountId === undefined ? undefined : soon(readFirst(signedIn, accountId, shown)),
  ]);
  const mailboxes =
    accountId === undefined || mail === undefined ? undefined : { accountId, mailboxes: mail.mailboxes };
  return {
    session,
    mailboxes,
    mailboxId: mail?.mailboxId ?? shown.mailboxId,
    page: mail?.page,
    inboxes: mail?.inboxes,
    isCollapsed: mail?.isCollapsed ?? false,
  };
}

async function readFirst(signedIn: SignedIn, accountId: string, view: PageView) {
  const mail = await mailFor(signedIn, accountId);
  const named = mail.listMailboxes({ counts: false });
  const { collapsesThreads: isCollapsed } = await readSettings(signedIn);
  const isUnited = view.isUnited && signedIn.accounts.length > 1;
  const shown = async () => {
    const mailboxId = view.mailboxId ?? (await named).find(({ role }) => role === 'inbox')?.id ?? null;
    if (mailboxId === null || view.isSearch) return { mailboxId };
    if (isUnited) return { mailboxId, inboxes: await readInboxes(signedIn, view, isCollapsed) };
    return { mailboxId, page: await readPage(mail, mailboxId, view, isCollapsed) };
  };
  // Awaited together: where the mail server is gone both fail, and nobody would listen to the second.
  const [mailboxes, first] = await Promise.all([named, shown()]);
  return { page: undefined, inboxes: undefined, ...first, mailboxes, isCollapsed };
}

const readInboxes = (signedIn: SignedIn, { isAscending, filter }: PageView, collapse: boolean) =>
  listInboxes(signedIn, { position: 0, limit: firstRows, isAscending, filter: filter ?? undefined, collapse });

const readPage = (mail: MailDriver, mailboxId: string, { sort, isAscending, filter }: PageView, collapse: boolean) =>
  mail.listMessages({
    mailboxId,
    position: 0,
    limit: firstRows,
    sort: { property: sort, isAscending },
    ...(filter === null ? {} : { filter }),
    collapse,
  });

/** The value if it comes in time. A failure is left to the browser's own request, which shows it. */
function soon<T>(work: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined).unref());
  const told = work.catch((error: unknown) => {
    log.info({ err: error }, 'the inbox page starts without its mail');
    return undefined;
  });
  return Promise.race([told, late]);
}
