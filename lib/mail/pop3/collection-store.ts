import type { Amount, Retention } from '../model.ts';
import type { MaildropHeader } from './maildrop.ts';

/** A message as collection and removal see it. Times in ms, null where it has not happened. */
export interface Copy {
  uidl: string;
  /** SHA-256 of the bytes kept here. */
  content: string | null;
  collectedAtMs: number | null;
  /** The person deleted it for good. */
  deletedAtMs: number | null;
  /** The server listed it last time, and has not confirmed since that it removed it. */
  isListed: boolean;
}

/** A message of at most so many bytes is kept in the transaction that records it; a larger one is stored before. */
export const smallBytes = 100 * 1024;

/** A message to be recorded. */
export interface Collected {
  uidl: string;
  /** SHA-256 of its bytes. */
  content: string;
  /** Its bytes where it is small; null: they are kept durably already. */
  bytes: Buffer | null;
  header: MaildropHeader;
  /** What people would search. */
  text: string;
}

/** Where a maildrop's collection stands; lib/store implements it over SQL. */
export interface CollectionStore {
  retentionOf(accountId: string): Promise<Retention>;
  setRetention(accountId: string, retention: Retention): Promise<void>;
  /** What is known of these unique-ids, deleted ones too; null: of all that the server listed last. */
  copiesOf(accountId: string, uidls: string[] | null): Promise<Map<string, Copy>>;
  /** All or none: when this resolves, what is recorded and the bytes of small messages outlive a power cut. */
  recordCollected(accountId: string, collected: Collected[]): Promise<void>;
  /** Hides messages that the person deleted. Gives those that there were, unhidden before. */
  markDeleted(accountId: string, uidls: string[]): Promise<string[]>;
  /** Shows deleted messages again that the server lists or that are kept here. Gives those shown now. */
  unmarkDeleted(accountId: string, uidls: string[]): Promise<string[]>;
  /** Written before the first DELE: from here on a message may be gone from the server without our hearing of it. */
  recordRemovalSent(accountId: string, uidls: string[]): Promise<void>;
  /** QUIT was answered: the server has them no more. */
  recordRemoved(accountId: string, uidls: string[]): Promise<void>;
  /** Still on the server for all we know: `deletedThere` by the person, `sentThere` of what was asked to go and is kept here. */
  amounts(accountId: string): Promise<{
    onServer: Amount;
    here: Amount;
    onlyHere: number;
    onlyThere: number;
    deletedThere: number;
    sentThere: number;
    checkedAtMs: number | null;
  }>;
  /** Takes the maildrop for this owner until `untilMs`, or renews it. False: another process has it. */
  takeLease(accountId: string, owner: string, untilMs: number): Promise<boolean>;
  releaseLease(accountId: string, owner: string): Promise<void>;
}
