import type { MailDriver } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import type { Mailbox } from '../mail/model.ts';
import { mentionsMailbox, type Query } from '../mail/query.ts';

/** Where a search looks: one mailbox, or all of the account. */
export interface SearchScope {
  query: Query;
  mailboxId?: string;
}

/**
 * Resolves `in:` to a mailbox by role, whole path or name, whatever its case; the mailbox that is asked for beside the
 * query counts where the query names none. Throws `notFound` for no such folder, `invalid` for `in:` inside OR or NOT.
 */
export async function resolveScope(
  query: Query,
  mailboxId: string | undefined,
  mail: Pick<MailDriver, 'listMailboxes'>,
  signal: AbortSignal,
): Promise<SearchScope> {
  const terms = query.type === 'and' ? query.terms : [query];
  const named = terms.filter((term) => term.type === 'in');
  const rest = terms.filter((term) => term.type !== 'in');
  if (named.length > 1 || rest.some(mentionsMailbox)) {
    throw new MailError('invalid', 'in: must stand once and by itself', { detail: 'in:' });
  }
  const wanted = named[0];
  if (wanted === undefined) return mailboxId === undefined ? { query } : { query, mailboxId };
  const narrowed: Query =
    rest.length === 1 && rest[0] ? rest[0] : rest.length === 0 ? { type: 'all' } : { type: 'and', terms: rest };
  if (isEverywhere(wanted.mailbox)) return { query: narrowed };
  const mailboxes = await mail.listMailboxes({ counts: false }, { signal });
  const found = findMailbox(mailboxes, wanted.mailbox);
  if (found === undefined) throw new MailError('notFound', 'no such folder', { detail: `in:${wanted.mailbox}` });
  return { query: narrowed, mailboxId: found.id };
}

const isEverywhere = (name: string) => ['anywhere', 'all'].includes(name.toLowerCase());

function findMailbox(mailboxes: Mailbox[], name: string): Mailbox | undefined {
  const wanted = fold(name);
  const tests: ((mailbox: Mailbox) => boolean)[] = [
    (mailbox) => mailbox.role === (wanted === 'spam' ? 'junk' : wanted),
    (mailbox) => fold(mailbox.path) === wanted || fold(mailbox.path.replaceAll(' / ', '/')) === wanted,
    (mailbox) => fold(mailbox.name) === wanted,
  ];
  const selectable = mailboxes.filter((mailbox) => mailbox.isSelectable);
  for (const test of tests) {
    const found = selectable.find(test);
    if (found !== undefined) return found;
  }
  return undefined;
}

const fold = (text: string) => text.normalize('NFC').toLowerCase();
