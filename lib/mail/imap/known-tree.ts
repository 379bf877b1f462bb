import type { Structure } from './structure.ts';
import type { Selected } from './with-imap.ts';

const nameOf = ({ uidValidity, mailbox }: Selected, uid: number): string => `${uidValidity} ${uid} ${mailbox.path}`;

/** The tree of a message as it is remembered: with its facts, or for a minute where it is too large for that. */
export function knownTree(selected: Selected, uid: number): Structure | undefined {
  const { account, mailbox, uidValidity } = selected;
  const { memory } = account;
  return memory.factsOf(mailbox.path, uidValidity).get(uid)?.structure ?? memory.largeTrees.get(nameOf(selected, uid));
}

/** Remembers a tree for a minute: one of 10,000 parts takes the process a tenth of a second to read. */
export function keepTree(selected: Selected, uid: number, structure: Structure): void {
  selected.account.memory.largeTrees.set(nameOf(selected, uid), structure);
}
