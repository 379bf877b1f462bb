import { z } from 'zod';
import { keywordPattern } from '../mail/keyword.ts';
import { type Label, labelColors } from '../mail/model.ts';
import { agree, capabilities, errorCode, exchangeLine, searchEvent } from './mail.ts';
import { id, limits, line } from './operation.ts';

/** What the API answers beside mail: errors, who is signed in, and the lines of what streams. */

/** An error as the API tells it (RFC 9457), with our code. `serverText` quotes the mail server. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: errorCode,
    /** What is safe and what to do next. */
    advice: z.string(),
    /** What was at fault this time: a field, a name, a bound. */
    detail: z.string().optional(),
    serverText: z.string().optional(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

export const account = z
  .object({
    id: z.string(),
    username: z.string(),
    /** What the person calls it; empty: nothing but its login. */
    name: z.string(),
    color: z.enum(labelColors).nullable(),
    protocol: z.enum(['imap', 'pop3']),
    /** The host of the mail server, for the account page. */
    host: z.string(),
    capabilities: capabilities.nullable(),
    /** How mail can be sent from it; null where no submission server is set. */
    sending: z.object({ maxBytes: z.int().positive(), from: z.enum(['any', 'login']) }).nullable(),
    /** Why the capabilities are not known now. */
    problem: errorCode.optional(),
  })
  .meta({ id: 'Account' });

/** What begins with `$` means something to programs (RFC 9051 §2.3.2), but for the five that Thunderbird lets people name. */
const isNameable = (keyword: string) => !keyword.startsWith('$') || /^\$label[1-5]$/.test(keyword);
/** A name that a person gives to something in their sidebar. */
const ownName = z
  .string()
  .max(64)
  .regex(/^\P{Cc}+$/u, 'must not be empty or contain control characters')
  .refine((name) => name.trim() !== '', 'must not be empty');
const label = z
  .object({
    keyword: z.string().regex(keywordPattern).lowercase().refine(isNameable, 'must not be reserved'),
    name: ownName,
    color: z.enum(labelColors),
  })
  .meta({ id: 'Label' });
agree<Label, z.infer<typeof label>>(true);

const areDifferent = (labels: Label[]) => new Set(labels.map(({ keyword }) => keyword)).size === labels.length;

/** A search that is kept under a name. `accountId` is null for one of all accounts, `mailboxId` for one of all mailboxes. */
const savedSearch = z
  .object({
    id: z.string().regex(/^[\w-]{1,64}$/),
    name: ownName,
    query: line(limits.queryLength).min(1),
    accountId: id.nullable(),
    mailboxId: id.nullable(),
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearch = z.infer<typeof savedSearch>;

export const settings = z
  .object({
    /** After how long an opened message is marked read; null: never by itself. */
    markReadDelayMs: z.int().min(0).max(60_000).nullable(),
    density: z.enum(['comfortable', 'compact']),
    readingPane: z.enum(['right', 'below', 'off']),
    theme: z.enum(['system', 'light', 'dark']),
    /** Whether HTML or plain text is shown where a mail has both. */
    preferredBody: z.enum(['html', 'plain']),
    /** In the order in which they are shown. */
    labels: z.array(label).max(100).refine(areDifferent, 'must not name a keyword twice'),
    /** In the order in which they are shown. */
    searches: z.array(savedSearch).max(50),
    /** In the dark theme, what a mail that was made for white paper is drawn on. */
    mailInDark: z.enum(['paper', 'darkened']),
    /** Whether a folder is listed in conversations, a row each. */
    collapsesThreads: z.boolean(),
    /** Whether an open conversation shows what belongs to it in other folders, as one's own answers in Sent. */
    spansMailboxes: z.boolean(),
    /** Whether whom the person writes to is remembered, to complete recipients. */
    learnsAddresses: z.boolean(),
    /** For how long a sent message can be taken back. */
    undoSeconds: z.int().min(0).max(60),
  })
  .meta({ id: 'Settings' });

export const session = z
  .object({
    username: z.string(),
    accounts: z.array(account),
    settings,
    /** `never`: whoever runs this has turned pictures of other servers off. */
    remoteImages: z.enum(['ask', 'never']),
    productVersion: z.string(),
  })
  .meta({ id: 'Session' });

/** One line of a search. `problem` is the last line of a search that could not go on; without `done` nothing is complete. */
export const searchLine = z
  .union([searchEvent, z.object({ type: z.literal('problem'), code: errorCode })])
  .meta({ id: 'SearchLine' });

/** One server-sent event of /api/events: `event:` is `type`. `submissions`: something of them has changed. */
export const serverEvent = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('mailbox'),
      accountId: z.string(),
      mailboxId: z.string(),
      kind: z.enum(['created', 'updated', 'destroyed', 'unknown']),
    }),
    /** Folders came, went or have other names, or messages in very many of them: all are to be read again. */
    z.object({ type: z.literal('mailboxes'), accountId: z.string() }),
    z.object({ type: z.literal('submissions'), accountId: z.string() }),
    z.object({ type: z.literal('problem'), accountId: z.string(), code: errorCode }),
    z.object({ type: z.literal('live'), accountId: z.string() }),
  ])
  .meta({ id: 'ServerEvent' });

/** One server-sent event of an exchange: `event:` is `type`. `number` counts the events, since two lines may be the same. */
export const exchangeEvent = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('live'), accountId: z.string() }),
    exchangeLine.extend({ type: z.literal('line'), number: z.int() }),
    z.object({ type: z.literal('skipped'), number: z.int(), lines: z.int().nonnegative() }),
  ])
  .meta({ id: 'ExchangeEvent' });

export type Settings = z.infer<typeof settings>;
export type Account = z.infer<typeof account>;
export type Session = z.infer<typeof session>;
export type SearchLine = z.infer<typeof searchLine>;
export type ServerEvent = z.infer<typeof serverEvent>;
export type ExchangeEvent = z.infer<typeof exchangeEvent>;
export type Problem = z.infer<typeof problem>;
