import type { Mailbox, MailboxRole } from '../../mail/model.ts';

/** A mailbox with its place in the tree, in the order in which it is shown. */
export interface MailboxNode {
  mailbox: Mailbox;
  /** 0 at the top. */
  depth: number;
  children: MailboxNode[];
}

const roleOrder: readonly MailboxRole[] = [
  'inbox',
  'flagged',
  'important',
  'drafts',
  'sent',
  'archive',
  'all',
  'junk',
  'trash',
];

/**
 * The folders as a tree: those with a role first, then by name. What a server keeps under INBOX only because its namespace
 * is `INBOX.` (RFC 2342) stands at the top when it has a role, as people know it.
 */
export function buildTree(mailboxes: readonly Mailbox[]): MailboxNode[] {
  const known = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
  const inbox = mailboxes.find((mailbox) => mailbox.role === 'inbox');
  const childrenOf = new Map<string | null, Mailbox[]>();
  for (const mailbox of mailboxes) {
    const isLifted = mailbox.role !== null && mailbox.parentId === inbox?.id;
    const hasParent = mailbox.parentId !== null && known.has(mailbox.parentId) && !isLifted;
    const parentId = hasParent ? mailbox.parentId : null;
    childrenOf.set(parentId, [...(childrenOf.get(parentId) ?? []), mailbox]);
  }
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const build = (parentId: string | null, depth: number): MailboxNode[] =>
    (childrenOf.get(parentId) ?? [])
      .sort((a, b) => rankOf(a) - rankOf(b) || collator.compare(a.name, b.name))
      .map((mailbox) => ({ mailbox, depth, children: build(mailbox.id, depth + 1) }));
  return build(null, 0);
}

/** The nodes in sight: depth first, without what is under a collapsed one. */
export function visibleNodes(tree: readonly MailboxNode[], collapsed: ReadonlySet<string>): MailboxNode[] {
  return tree.flatMap((node) => [
    node,
    ...(collapsed.has(node.mailbox.id) ? [] : visibleNodes(node.children, collapsed)),
  ]);
}

/** Unread messages of a node with all that is under it: what a collapsed folder tells. */
export const unreadUnder = (node: MailboxNode): number =>
  (node.mailbox.unreadMessages ?? 0) + node.children.reduce((sum, child) => sum + unreadUnder(child), 0);

const rankOf = (mailbox: Mailbox): number =>
  mailbox.role === null ? roleOrder.length : roleOrder.indexOf(mailbox.role);

/** Names with counts and rights, where the counts have come; the names alone decide which folders there are. */
export function withCounts(named: readonly Mailbox[], counted: readonly Mailbox[] | undefined): Mailbox[] {
  const counts = new Map(counted?.map((mailbox) => [mailbox.id, mailbox]));
  return named.map((mailbox) => {
    const known = counts.get(mailbox.id);
    if (known === undefined) return mailbox;
    const { totalMessages, unreadMessages, rights } = known;
    return { ...mailbox, totalMessages, unreadMessages, rights };
  });
}
