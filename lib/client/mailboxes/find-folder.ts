import type { Mailbox } from '../../mail/model.ts';

/** The folders that match what is typed, best first: the name begins with it, a word begins with it, it is in the path. */
export function findFolders(mailboxes: readonly Mailbox[], typed: string): Mailbox[] {
  const wanted = fold(typed.trim());
  if (wanted === '') return [...mailboxes];
  return mailboxes
    .map((mailbox) => ({ mailbox, rank: rankOf(mailbox, wanted) }))
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank)
    .map(({ mailbox }) => mailbox);
}

const none = 4;

function rankOf(mailbox: Mailbox, wanted: string): number {
  const name = fold(mailbox.name);
  const path = fold(mailbox.path);
  if (name.startsWith(wanted)) return 0;
  if (name.split(/[\s_./-]+/).some((word) => word.startsWith(wanted))) return 1;
  if (name.includes(wanted)) return 2;
  return path.includes(wanted) ? 3 : none;
}

/** Lower case without accents, so that `ubersicht` finds `Übersicht`. */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
