import { describe, expect, it } from 'vitest';
import type { Mailbox, MailboxRole } from '../../mail/model.ts';
import { findFolders } from './find-folder.ts';
import { buildTree, unreadUnder, visibleNodes, withCounts } from './tree.ts';

const rights = {
  maySetKeywords: true,
  mayMakeKeywords: true,
  mayAddItems: true,
  mayRemoveItems: true,
  mayCreateChild: true,
  mayRename: true,
  mayDelete: true,
};
function mailbox(path: string, role: MailboxRole | null = null, unreadMessages: number | null = null): Mailbox {
  const segments = path.split('/');
  const name = segments.at(-1) ?? path;
  const parentId = segments.length > 1 ? segments.slice(0, -1).join('/') : null;
  const counts = { totalMessages: unreadMessages, unreadMessages };
  return {
    id: path,
    name,
    path: segments.join(' / '),
    parentId,
    role,
    ...counts,
    isSubscribed: true,
    isSelectable: true,
    rights,
  };
}
const shown = (mailboxes: Mailbox[], collapsed: string[] = []) =>
  visibleNodes(buildTree(mailboxes), new Set(collapsed)).map(
    ({ mailbox: { id }, depth }) => `${'  '.repeat(depth)}${id}`,
  );

describe('the tree of folders', () => {
  it('stands roles first, then names as people count', () => {
    const folders = [
      mailbox('Year 10'),
      mailbox('Trash', 'trash'),
      mailbox('INBOX', 'inbox'),
      mailbox('Year 9'),
      mailbox('Sent', 'sent'),
    ];
    expect(shown(folders)).toEqual(['INBOX', 'Sent', 'Trash', 'Year 9', 'Year 10']);
  });

  it('lifts folders with a role out of INBOX, where a server keeps all folders', () => {
    const folders = [mailbox('INBOX', 'inbox'), mailbox('INBOX/Sent', 'sent'), mailbox('INBOX/Projects')];
    expect(shown(folders)).toEqual(['INBOX', '  INBOX/Projects', 'INBOX/Sent']);
  });

  it('hides what is under a folded one, which then tells all that is unread below it', () => {
    const folders = [mailbox('P', null, 1), mailbox('P/a', null, 2), mailbox('P/a/b', null, 4)];
    expect(shown(folders, ['P'])).toEqual(['P']);
    expect(buildTree(folders).map(unreadUnder)).toEqual([7]);
  });

  it('shows a folder whose parent is not told at the top', () => {
    expect(shown([mailbox('Gone/Here')])).toEqual(['Gone/Here']);
  });

  it('puts counts beside names as they come', () => {
    const [named] = withCounts([mailbox('A'), mailbox('New')], [mailbox('A', null, 3), mailbox('Removed', null, 9)]);
    expect(named?.unreadMessages).toBe(3);
    expect(withCounts([mailbox('A')], undefined)[0]?.unreadMessages).toBeNull();
  });
});

describe('finding a folder by typing', () => {
  const folders = ['Archive', 'Übersicht', 'Projects/Harbour', 'Old harbour', 'Lists'].map((path) => mailbox(path));
  const found = (typed: string) => findFolders(folders, typed).map(({ id }) => id);
  it('ranks the beginning of a name, then of a word, then the path', () => {
    expect(found('har')).toEqual(['Projects/Harbour', 'Old harbour']);
    expect(found('proj')).toEqual(['Projects/Harbour']);
  });
  it('ignores case and accents', () => {
    expect(found('uber')).toEqual(['Übersicht']);
  });
  it('gives all for nothing, and nothing for what is not there', () => {
    expect(found('')).toHaveLength(5);
    expect(found('zzz')).toEqual([]);
  });
});
