'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { FolderRow } from '@/components/parts/folder-row';
import { PlaceRow } from '@/components/parts/place-row';
import { openMenu } from '@/components/ui/menu';
import { useMail } from '@/lib/client/app/context';
import { listAt, useMailLocation } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { emptyLocation, formatLocation } from '@/lib/client/location';
import { buildTree, type MailboxNode, unreadUnder, visibleNodes } from '@/lib/client/mailboxes/tree';
import type { Mailbox } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';
import { flaggedQuery, goToMailbox, goToSearch, searchPlace } from './commands/use-runner';
import { useDrop } from './folder-drop';
import { useFolderMenu } from './folder-menu';
import { useMailboxName } from './mailbox-name';

/** What is looked at of a list when it opens, at least. */
const firstRows = 20;

interface FolderTreeProps {
  accountId: string;
  mailboxes: readonly Mailbox[];
  commands: MessageCommands;
  isRail: boolean;
  /** This account's folder is the one on the screen. */
  isShown: boolean;
}

/** The folders of one account: links, folds, unread counts; mail can be dropped on them. */
export function FolderTree({ accountId, mailboxes, commands, isRail, isShown }: FolderTreeProps) {
  const app = useMail();
  const t = useTranslations('sidebar');
  const collapsed = useValue(app.device.collapsed);
  const { query, scope } = useMailLocation();
  const folded = useMemo(
    () => new Set(mailboxes.flatMap(({ id }) => (collapsed.includes(foldKey(accountId, id)) ? id : []))),
    [mailboxes, collapsed, accountId],
  );
  const tree = useMemo(() => buildTree(mailboxes), [mailboxes]);
  const nodes = visibleNodes(tree, folded).filter(({ depth }) => !isRail || depth === 0);
  const inbox = mailboxes.find(({ role }) => role === 'inbox');
  const isFlagged = isShown && query === flaggedQuery && scope === 'account';
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.mailbox.id}>
          <Folder
            {...{ accountId, node, commands, isRail, folded }}
            isShown={isShown && (query === '' || scope === 'mailbox')}
          />
          {node.mailbox.id === inbox?.id && (
            <PlaceRow
              role_="flagged"
              name={t('flagged')}
              isCurrent={isFlagged}
              isRail={isRail}
              href={formatLocation(searchPlace(accountId, inbox.id, flaggedQuery))}
              onGo={() => goToSearch(app, accountId, inbox.id, flaggedQuery)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Two accounts may have the same id for a folder. */
const foldKey = (accountId: string, mailboxId: string): string => `${accountId}/${mailboxId}`;

interface FolderProps extends Pick<FolderTreeProps, 'accountId' | 'commands' | 'isRail' | 'isShown'> {
  node: MailboxNode;
  folded: ReadonlySet<string>;
}

function Folder({ accountId, node, commands, isRail, isShown, folded }: FolderProps) {
  const app = useMail();
  const t = useTranslations('sidebar');
  const nameOf = useMailboxName();
  const menu = useFolderMenu(accountId, commands);
  const { mailboxId } = useMailLocation();
  const { mailbox, depth, children } = node;
  const drop = useDrop(mailbox, accountId, commands);
  const name = nameOf(mailbox);
  const isOpen = children.length === 0 ? null : !folded.has(mailbox.id);
  // Drafts are unread by no one: what matters is how many there are.
  const own = mailbox.role === 'drafts' ? mailbox.totalMessages : mailbox.unreadMessages;
  const count = mailbox.role === 'trash' ? null : isOpen === false ? unreadUnder(node) : own;
  const key = foldKey(accountId, mailbox.id);
  const place = { ...emptyLocation, accountId, mailboxId: mailbox.id };
  const fold = () =>
    app.device.collapsed.set((now) => (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]));
  return (
    <FolderRow
      role_={mailbox.role}
      name={name}
      depth={depth}
      isCurrent={isShown && mailbox.id === mailboxId}
      isRail={isRail}
      count={count}
      isTarget={drop.isOver}
      isOpen={isOpen}
      onToggle={fold}
      toggleLabel={t(isOpen === true ? 'fold' : 'unfold', { name })}
      placeLabel={mailbox.isLocal ? t('isLocal') : undefined}
      countLabel={t(mailbox.role === 'drafts' ? 'drafts' : 'unread', { count: count ?? 0 })}
      href={formatLocation(place)}
      draggable={false}
      onPointerDown={({ button, pointerType }) => {
        // A list that was never shown is asked for at the press, a tenth of a second before the click. A finger may be about to scroll.
        if (button !== 0 || pointerType !== 'mouse' || !mailbox.isSelectable) return;
        const store = listAt(app, place)?.store;
        if (store?.getSnapshot().list.total === null) store.look(0, firstRows);
      }}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        if (mailbox.isSelectable) goToMailbox(app, accountId, mailbox.id);
        else fold();
      }}
      onContextMenu={(event) => {
        const items = menu(mailbox);
        if (items.length === 0) return;
        event.preventDefault();
        openMenu({ label: name, items, anchor: { x: event.clientX, y: event.clientY } });
      }}
      {...drop.handlers}
    />
  );
}
