import type { MailDriver } from '../../mail/driver.ts';
import { answeringKeywords } from '../../mail/model.ts';

/** So many folders are looked into at most. */
const mostMailboxes = 50;

interface Answered {
  ids: string[];
  keyword: string;
  /** The Message-ID of one of them; null where it is not known. */
  answered: string | null;
}

/** Marks what was answered. One that was filed meanwhile, as "Send and archive" does, is found by its Message-ID. */
export async function markAnswered(mail: MailDriver, { ids, keyword, answered }: Answered): Promise<void> {
  const mark = (wanted: string[]) => mail.setKeywords({ ids: wanted, add: [keyword], remove: rivalsOf(keyword) });
  const results = await mark(ids);
  const isGone = results.length === 1 && ['notFound', 'stale'].includes(results[0]?.error?.code ?? '');
  if (!isGone || answered === null) return;
  const filed = await findFiled(mail, answered);
  if (filed.length > 0) await mark(filed);
}

/** An invitation has one answer, the last. */
function rivalsOf(keyword: string): string[] {
  const answers = answeringKeywords.filter((one) => one.startsWith('$invitation-'));
  return answers.some((one) => one === keyword) ? answers.filter((one) => one !== keyword) : [];
}

/** Where people put mail, Archive first. */
async function findFiled(mail: MailDriver, messageId: string): Promise<string[]> {
  const isArchive = ({ role }: { role: string | null }) => role === 'archive';
  const kept = (await mail.listMailboxes({ counts: false })).filter(
    ({ role, isSelectable }) => isSelectable && !['drafts', 'sent', 'junk', 'trash'].includes(role ?? ''),
  );
  const inOrder = [...kept.filter(isArchive), ...kept.filter((mailbox) => !isArchive(mailbox))];
  for (const { id } of inOrder.slice(0, mostMailboxes)) {
    const found = await mail.findByMessageId({ mailboxId: id, messageId });
    if (found.length > 0) return found;
  }
  return [];
}
