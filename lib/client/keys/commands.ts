/**
 * Every command, once: the key handler, the palette and the `?` sheet read this table. Keys are Gmail's; a space stands
 * between keys pressed one after the other. `Mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
export const commands = [
  { id: 'next', group: 'list', keys: ['j'] },
  { id: 'previous', group: 'list', keys: ['k'] },
  { id: 'nextInThread', group: 'list', keys: ['n'] },
  { id: 'previousInThread', group: 'list', keys: ['p'] },
  { id: 'open', group: 'list', keys: ['o', 'Enter'] },
  { id: 'back', group: 'list', keys: ['u', 'Escape'] },
  { id: 'first', group: 'list', keys: ['g g'] },
  { id: 'last', group: 'list', keys: ['Shift+g'] },
  { id: 'select', group: 'list', keys: ['x'] },
  { id: 'selectAll', group: 'list', keys: ['* a'] },
  { id: 'selectNone', group: 'list', keys: ['* n'] },
  { id: 'refresh', group: 'list', keys: ['Shift+n'] },
  { id: 'compose', group: 'act', keys: ['c'] },
  { id: 'reply', group: 'act', keys: ['r'] },
  { id: 'replyAll', group: 'act', keys: ['a'] },
  { id: 'forward', group: 'act', keys: ['f'] },
  { id: 'forwardAttached', group: 'act', keys: [] },
  { id: 'editAsNew', group: 'act', keys: [] },
  { id: 'archive', group: 'act', keys: ['e'] },
  { id: 'delete', group: 'act', keys: ['#', 'Delete'] },
  { id: 'junk', group: 'act', keys: ['!'] },
  { id: 'flag', group: 'act', keys: ['s'] },
  { id: 'move', group: 'act', keys: ['v'] },
  { id: 'copy', group: 'act', keys: [] },
  { id: 'label', group: 'act', keys: ['l'] },
  { id: 'markRead', group: 'act', keys: ['Shift+i'] },
  { id: 'markUnread', group: 'act', keys: ['Shift+u'] },
  { id: 'markAllRead', group: 'act', keys: [] },
  { id: 'print', group: 'act', keys: ['Mod+p'] },
  { id: 'original', group: 'act', keys: [] },
  { id: 'newFolder', group: 'act', keys: [] },
  { id: 'labels', group: 'act', keys: [] },
  { id: 'undo', group: 'act', keys: ['z'] },
  { id: 'goInbox', group: 'go', keys: ['g i'] },
  { id: 'goFlagged', group: 'go', keys: ['g s'] },
  { id: 'goSent', group: 'go', keys: ['g t'] },
  { id: 'goDrafts', group: 'go', keys: ['g d'] },
  { id: 'goArchive', group: 'go', keys: ['g a'] },
  { id: 'goFolder', group: 'go', keys: ['g l'] },
  { id: 'search', group: 'view', keys: ['/'] },
  { id: 'palette', group: 'view', keys: ['Mod+k'] },
  { id: 'shortcuts', group: 'view', keys: ['?'] },
  { id: 'sidebar', group: 'view', keys: ['['] },
  { id: 'settings', group: 'view', keys: [','] },
  { id: 'conversations', group: 'view', keys: [] },
  { id: 'account', group: 'view', keys: [] },
  { id: 'protocol', group: 'view', keys: [] },
  { id: 'signOut', group: 'view', keys: [] },
] as const satisfies readonly { id: string; group: string; keys: readonly string[] }[];

export type CommandId = (typeof commands)[number]['id'];

/** The first key of a command, as `Kbd` writes it. */
export const keyOf = (id: CommandId): string | undefined => commands.find((command) => command.id === id)?.keys[0];
