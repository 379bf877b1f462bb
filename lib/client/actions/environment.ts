import type { QueryClient } from '@tanstack/react-query';
import type { Label, Mailbox, MessageSummary } from '../../mail/model.ts';
import type { ApiError } from '../api-error.ts';
import type { WrittenLists } from '../list/lists.ts';
import type { PendingChanges } from '../list/pending.ts';
import type { Deed } from './deed.ts';
import type { Names } from './returning.ts';

/** What happened, for the person: the component layer puts it into words. */
export type ActionReport =
  | { type: 'moved'; count: number; mailbox: Mailbox; undo: Undo | null }
  | { type: 'copied'; count: number; mailbox: Mailbox }
  | { type: 'keywords'; mark: Mark; count: number; undo: Undo | null }
  /** `pending`: of `count`, what the mail server has not confirmed yet. */
  | { type: 'destroyed'; count: number; pending: number; undo: Undo | null }
  /** Its mail is in Trash. */
  | { type: 'removedMailbox'; name: string; undo: Undo }
  /** A folder was to be chosen for messages of several accounts. */
  | { type: 'severalAccounts' }
  | { type: 'undone'; returned?: { accountId: string; names: Names } }
  | { type: 'notUndone' }
  /** `count` of `total` were refused, or not sent any more; the rest is done, and `undo` takes that back. */
  | {
      type: 'refused';
      count: number;
      total: number;
      error: Pick<ApiError, 'code' | 'detail' | 'serverText'>;
      undo: Undo | null;
      /** A label was to be put on. */
      isLabel?: boolean;
    }
  /** Long work: null when it has ended. */
  | { type: 'progress'; done: number; total: number; cancel: () => void }
  | { type: 'progressEnded' };

/** Takes an action back: at once here, and from what `deeds` gives in another page. */
export interface Undo {
  takeBack(): void;
  /** Once the server has answered: what is to be taken back, in each account; none where that is nothing, or is being done. */
  deeds(): Promise<readonly Deed[]>;
}
export type KeywordVerb = 'read' | 'unread' | 'flagged' | 'unflagged' | 'notJunk' | 'junk';
/** A label put on or taken off; `name` is what the person calls it. */
export interface LabelMark extends Pick<Label, 'keyword' | 'name'> {
  isSet: boolean;
}
export type Mark = KeywordVerb | LabelMark;

/** The messages that an action is about. `rows` are those of which the list holds the row; `ids` are all. */
export interface Subject {
  ids: readonly string[];
  rows: ReadonlyMap<string, MessageSummary>;
  /** Where all of them are, if in one mailbox. */
  mailboxId: string | null;
}

/** What the actions of one account work on. */
export interface ActionEnvironment {
  accountId: string;
  lists: WrittenLists;
  pending: PendingChanges;
  queries: QueryClient;
  report(report: ActionReport): void;
}
