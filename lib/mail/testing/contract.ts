import { afterAll, beforeAll, describe } from 'vitest';
import type { MailDriver } from '../driver.ts';
import { describeBadInput } from './contract/bad-input.ts';
import { describeFiling } from './contract/filing.ts';
import { describeKeywords } from './contract/keywords.ts';
import { describeListing } from './contract/listing.ts';
import { describeMailboxes } from './contract/mailboxes.ts';
import { describeMessagesWithin } from './contract/messages-within.ts';
import { describeReading } from './contract/reading.ts';
import { describeSearching } from './contract/searching.ts';
import { describeThreads } from './contract/threads.ts';
import { describeTrusting } from './contract/trusting.ts';
import type { Elsewhere } from './people.ts';

/** Somebody with empty mailboxes, signed in, and other hands on the same mail. */
export interface Person {
  driver: MailDriver;
  elsewhere: Elsewhere;
  inboxId: string;
}

/** A server and its people; each call of `person` gives somebody new. */
export interface Ground {
  person(): Promise<Person>;
  stop(): Promise<void>;
}

/** What a driver over this server can do: what it cannot must be refused as `unsupported`. */
export interface Traits {
  /** Mailboxes can be made, and messages moved between them. */
  mailboxes: boolean;
  /** Keywords are on the server, where other clients see them. */
  serverKeywords: boolean;
  /** The server orders. */
  sort: boolean;
  /** The server tells which mail is where after a move or an append (UIDPLUS). */
  newIds: boolean;
  /** There are a Trash and a Junk from the start. */
  roles: boolean;
  watch: boolean;
  /** A session is not told that its selected mailbox was deleted or made anew by others. */
  missesDeletion?: boolean;
  /** Conversations end where the subject changes (RFC 8621 §3); else they do not (RFC 5256 §3). */
  threadsEndWithSubject?: boolean;
  /** All mailboxes but the Inbox live in Posthorn: no other hands can reach them, to delete them or make them anew. */
  localMailboxes?: boolean;
  /** The server writes fields of its own into headers (X-UIDL, Status of an mbox). */
  writesFields?: boolean;
}

export interface Suite {
  traits: Traits;
  person(): Promise<Person>;
}

/** The contract of `MailDriver`: one suite that every driver passes over every server that we start. */
export function describeDriver(name: string, traits: Traits, start: () => Promise<Ground>): void {
  describe(`the driver over ${name}`, () => {
    let ground: Ground | undefined;
    beforeAll(async () => {
      ground = await start();
    });
    afterAll(async () => {
      await ground?.stop();
    });
    const suite: Suite = {
      traits,
      person: async () => {
        if (!ground) throw new Error('the server is not up');
        return await ground.person();
      },
    };
    describeListing(suite);
    describeReading(suite);
    describeTrusting(suite);
    describeMessagesWithin(suite);
    describeThreads(suite);
    describeKeywords(suite);
    describeFiling(suite);
    describeMailboxes(suite);
    describeSearching(suite);
    describeBadInput(suite);
  });
}
