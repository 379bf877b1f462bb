import type { LabelColor, Protocol } from '../mail/model.ts';
import type { ContentsTables } from './contents-tables.ts';
import type { MaildropTables } from './maildrop-tables.ts';
import type { PeopleTables } from './people-tables.ts';
import type { SubmissionTables } from './submission-tables.ts';

/** A mailbox login on a mail server. The id is random and stays the same over sign-ins. Never holds a secret. */
export interface AccountTable {
  id: string;
  protocol: Protocol;
  host: string;
  port: number;
  username: string;
  created_at_ms: number;
  /** As lib/server/server-url.ts has it, where a person has chosen its server; null: the admin's list. */
  server_url: string | null;
  /** The submission server that goes with it; null: none. */
  smtp_url: string | null;
  /** The mail address, where the login at a chosen server is another; null: it is the login. */
  address: string | null;
}

/** One sign-in of a browser. `account_id` is the mailbox that signed in; more may stand beside it in `session_account`. */
export interface SessionTable {
  id: string;
  account_id: string;
  user_agent: string;
  created_at_ms: number;
  last_seen_at_ms: number;
  expires_at_ms: number;
}

/** An account that a session may open, with its mail secret sealed by lib/server/vault.ts. */
interface SessionAccountTable {
  session_id: string;
  account_id: string;
  sealed_secret: Buffer;
}

/** What an account's person chose, as JSON of the contract's `settings`. */
interface SettingTable {
  account_id: string;
  value: string;
  updated_at_ms: number;
}

/** The answer to a write that carried an Idempotency-Key; `status` is null while the write still runs. */
export interface IdempotencyTable {
  session_id: string;
  operation: string;
  idempotency_key: string;
  /** A digest of the request, so that a key used twice for different requests is told. */
  fingerprint: string;
  status: number | null;
  body: string | null;
  /** Of the body, plus what the row itself takes. */
  size_bytes: number;
  expires_at_ms: number;
}

/** A network that an account signed in from; `digest` is a keyed hash of both, so that the table names no address. */
interface KnownAddressTable {
  digest: string;
  account_id: string;
  seen_at_ms: number;
}

/** An account that is collected with the browser shut. `half` is the second half of the key of `sealed_secret`. */
export interface ScheduleTable {
  account_id: string;
  every_minutes: number;
  half: string;
  sealed_secret: Buffer;
  next_at_ms: number;
  last_at_ms: number | null;
  /** The code of what went wrong the last time. */
  problem: string | null;
}

/** Whose remote images the person of an account wants shown, or not asked about. */
export interface RemoteImageRuleTable {
  account_id: string;
  kind: 'sender' | 'domain';
  name: string;
  choice: 'always' | 'never';
  created_at_ms: number;
}

/**
 * An account that the person of another one has added to it, by how they call it. `sealed_secret` is null for the one that
 * signs in itself; lib/server/accounts/key.ts seals it.
 */
export interface PersonAccountTable {
  owner_id: string;
  account_id: string;
  position: number;
  name: string;
  color: LabelColor | null;
  sealed_secret: Buffer | null;
}

export interface Tables extends MaildropTables, ContentsTables, SubmissionTables, PeopleTables {
  account: AccountTable;
  session: SessionTable;
  session_account: SessionAccountTable;
  setting: SettingTable;
  idempotency: IdempotencyTable;
  known_address: KnownAddressTable;
  collection_schedule: ScheduleTable;
  remote_image_rule: RemoteImageRuleTable;
  person_account: PersonAccountTable;
}
