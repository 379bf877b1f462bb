import type { ReactNode } from 'react';
import type { MessageLabelsProps } from '@/components/parts/message-labels';
import type { MenuEntry } from '@/components/ui/menu';
import type { ApiErrorCode } from '@/lib/client/api-error';
import type { Message, MessageSummary } from '@/lib/mail/model';
import type { AccountMark } from './account-of';
import type { ThreadView } from './conversation';

/** A button of the tool row. On a phone only those with `isPrimary` stay in the row; the others join the More menu. */
export interface ReaderTool {
  label: string;
  icon: ReactNode;
  keys?: string | undefined;
  onPress: () => void;
  isPrimary?: boolean;
  /** A thing that is on, e.g. the flag. */
  isOn?: boolean;
  isDestructive?: boolean;
  /** Opens a menu of these instead of calling `onPress`. */
  menu?: () => MenuEntry[];
}

export interface ReaderProps {
  accountId: string;
  /** The open message; null: none is chosen. */
  messageId: string | null;
  /** Whose it is, where mail of several accounts stands together. */
  account?: AccountMark | null;
  /** What the list knows of it, so that subject and sender stand at once. */
  summary?: MessageSummary | undefined;
  /** The message, once it is here. */
  message?: Message | undefined;
  /** The messages that it stands among, where they are more than itself. */
  conversation?: ThreadView | undefined;
  /** The labels that it has. */
  labels?: MessageLabelsProps | undefined;
  /** Why it is not here. `notFound` and `stale` are shown as "gone", `offline` as not reached. */
  problem?: { code: ApiErrorCode; serverText?: string | undefined } | undefined;
  onRetry: () => void;
  /** The addresses of the person, which are written "me". */
  ownEmails: readonly string[];
  /** As the setting says, or as the switch on this message. */
  bodyKind: 'html' | 'plain';
  onBodyKind: (kind: 'html' | 'plain') => void;
  /** Groups of tools, a line between each. */
  tools: ReaderTool[][];
  /** What the More menu has besides the reader's own entries. */
  moreItems?: MenuEntry[];
  /** "2 of 18,402"; `index` counts from 0. */
  position?: { index: number; total: number } | undefined;
  onNewer?: (() => void) | undefined;
  onOlder?: (() => void) | undefined;
  /** Back to the list; its button stands where the reader has the screen to itself. */
  onClose: () => void;
  /** True where it has so on a wide screen too (reading pane off). On a phone it always has. */
  isAlone?: boolean;
  /** What is shown when no message is chosen, e.g. "3 selected". */
  empty?: ReactNode;
}
