import { z } from 'zod';
import { mailErrorCodes } from '../mail/errors.ts';
import type {
  Attachment,
  Capabilities,
  EmailAddress,
  ExchangeLine,
  Mailbox,
  Message,
  MessageSummary,
  PerIdResult,
  Relatives,
  SearchEvent,
  TextBody,
} from '../mail/model.ts';

/** The mail model as schemas: what leaves the API, and what /api/openapi.json says of it. */

export const errorCode = z.enum(mailErrorCodes);
export const sortProperty = z.enum(['receivedAt', 'from', 'subject', 'size']);
export const listFilter = z.enum(['unread', 'flagged', 'attachment']);
const dateTime = z.iso.datetime();

const emailAddress = z.object({ name: z.string().nullable(), email: z.string() }).meta({ id: 'EmailAddress' });

export const mailbox = z
  .object({
    id: z.string(),
    name: z.string(),
    path: z.string(),
    parentId: z.string().nullable(),
    role: z.enum(['inbox', 'sent', 'drafts', 'archive', 'junk', 'trash', 'all', 'flagged', 'important']).nullable(),
    totalMessages: z.int().nonnegative().nullable(),
    unreadMessages: z.int().nonnegative().nullable(),
    isSubscribed: z.boolean(),
    isSelectable: z.boolean(),
    isLocal: z.boolean().optional(),
    rights: z.object({
      maySetKeywords: z.boolean(),
      mayMakeKeywords: z.boolean(),
      mayAddItems: z.boolean(),
      mayRemoveItems: z.boolean(),
      mayCreateChild: z.boolean(),
      mayRename: z.boolean(),
      mayDelete: z.boolean(),
    }),
  })
  .meta({ id: 'Mailbox' });

const threadSummary = z
  .object({
    count: z.int().positive(),
    ids: z.array(z.string()),
    unreadIds: z.array(z.string()),
    flaggedIds: z.array(z.string()),
    people: z.array(emailAddress),
    absent: z.int().positive().optional(),
  })
  .meta({ id: 'ThreadSummary' });

const summaryShape = {
  id: z.string(),
  mailboxId: z.string(),
  threadId: z.string().optional(),
  subject: z.string(),
  from: z.array(emailAddress),
  to: z.array(emailAddress),
  receivedAt: dateTime,
  sentAt: dateTime.nullable(),
  sizeBytes: z.int().nonnegative(),
  keywords: z.array(z.string()),
  hasAttachment: z.boolean(),
  preview: z.string().nullable(),
  location: z.enum(['server', 'both', 'here']).optional(),
  thread: threadSummary.optional(),
};
export const messageSummary = z.object(summaryShape).meta({ id: 'MessageSummary' });

export const relatives = z
  .object({ items: z.array(messageSummary), notLookedAt: z.array(z.string()) })
  .meta({ id: 'Relatives' });

const textBody = z
  .object({
    partId: z.string(),
    type: z.enum(['text/plain', 'text/html']),
    text: z.string(),
    isTruncated: z.boolean(),
    isFlowed: z.boolean().optional(),
    isDelSp: z.boolean().optional(),
  })
  .meta({ id: 'TextBody' });

const attachment = z
  .object({
    partId: z.string(),
    name: z.string().nullable(),
    type: z.string(),
    sizeBytes: z.int().nonnegative(),
    cid: z.string().nullable(),
    isInline: z.boolean(),
    isMessage: z.boolean().optional(),
  })
  .meta({ id: 'Attachment' });

const authenticationCheck = z
  .object({
    result: z.enum(['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror']),
    domain: z.string().nullable(),
  })
  .meta({ id: 'AuthenticationCheck' });

const reportAction = z.enum([
  'failed',
  'delayed',
  'delivered',
  'relayed',
  'expanded',
  'displayed',
  'deleted',
  'dispatched',
  'processed',
  'denied',
  'abuse',
  'fraud',
  'virus',
  'notSpam',
  'other',
]);

const report = z
  .object({
    kind: z.enum(['delivery', 'disposition', 'complaint']),
    reportedBy: z.string().nullable(),
    outcomes: z.array(
      z.object({
        recipient: z.string().nullable(),
        action: reportAction,
        status: z.string().nullable(),
        diagnostic: z.string().nullable(),
        retryUntil: dateTime.nullable(),
      }),
    ),
    isTruncated: z.boolean(),
  })
  .meta({ id: 'Report' });

const protection = z
  .object({
    kind: z.enum(['signed', 'encrypted']),
    by: z.enum(['smime', 'pgp']),
    sealedPartId: z.string().nullable(),
  })
  .meta({ id: 'Protection' });

export const message = z
  .object({
    ...summaryShape,
    cc: z.array(emailAddress),
    bcc: z.array(emailAddress),
    replyTo: z.array(emailAddress),
    sender: z.array(emailAddress),
    messageId: z.string().nullable(),
    inReplyTo: z.array(z.string()),
    references: z.array(z.string()),
    textBody: z.array(textBody),
    htmlBody: z.array(textBody),
    attachments: z.array(attachment),
    unsubscribe: z.object({ urls: z.array(z.string()), isOneClick: z.boolean() }).nullable(),
    authentication: z
      .object({
        spf: authenticationCheck.nullable(),
        dkim: z.array(authenticationCheck),
        dmarc: authenticationCheck.nullable(),
      })
      .nullable(),
    list: z.object({ postTo: z.string().nullable() }).nullable(),
    receiptTo: emailAddress.nullable(),
    report: report.nullable(),
    protection: protection.nullable(),
    partId: z.string().optional(),
    warnings: z.array(z.enum(['tooDeep', 'tooManyParts', 'bodyTruncated', 'addressesTruncated', 'malformed'])),
  })
  .meta({ id: 'Message' });

export const messagePage = z
  .object({
    position: z.int().nonnegative(),
    total: z.int().nonnegative(),
    state: z.string(),
    items: z.array(messageSummary),
    isPartial: z.boolean().optional(),
    problem: errorCode.optional(),
  })
  .meta({ id: 'MessagePage' });

export const perIdResult = z
  .object({
    id: z.string(),
    newId: z.string().optional(),
    isPending: z.boolean().optional(),
    error: z.object({ code: errorCode, detail: z.string().optional() }).optional(),
  })
  .meta({ id: 'PerIdResult' });

export const capabilities = z
  .object({
    protocol: z.enum(['imap', 'pop3']),
    mailboxes: z.object({
      create: z.boolean(),
      rename: z.boolean(),
      delete: z.boolean(),
      subscribe: z.boolean(),
      nest: z.boolean(),
    }),
    move: z.boolean(),
    copy: z.boolean(),
    append: z.boolean(),
    keywords: z.enum(['server', 'local']),
    sort: z.array(sortProperty),
    filter: z.array(listFilter),
    threads: z.boolean(),
    watch: z.boolean(),
  })
  .meta({ id: 'Capabilities' });

export const searchEvent = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('hits'), mailboxId: z.string(), items: z.array(messageSummary) }),
    z.object({ type: z.literal('progress'), done: z.int(), total: z.int(), mailboxId: z.string().optional() }),
    z.object({ type: z.literal('incomplete'), mailboxId: z.string(), code: errorCode }),
    z.object({ type: z.literal('done'), total: z.int() }),
  ])
  .meta({ id: 'SearchEvent' });

export const exchangeLine = z.object({
  atMs: z.int(),
  connection: z.string(),
  direction: z.enum(['client', 'server']),
  text: z.string(),
  tag: z.string().optional(),
  sizeBytes: z.int().nonnegative(),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Loose<T> = T extends (infer U)[]
  ? Loose<U>[]
  : T extends object
    ? { [K in keyof T]: Loose<Exclude<T[K], undefined>> }
    : T;
/** A type error where it is called means that the model and the schemas have drifted apart. */
export const agree = <A, B>(_: Same<Loose<A>, Loose<B>>) => undefined;
agree<EmailAddress, z.infer<typeof emailAddress>>(true);
agree<Mailbox, z.infer<typeof mailbox>>(true);
agree<MessageSummary, z.infer<typeof messageSummary>>(true);
agree<Relatives, z.infer<typeof relatives>>(true);
agree<TextBody, z.infer<typeof textBody>>(true);
agree<Attachment, z.infer<typeof attachment>>(true);
agree<Message, z.infer<typeof message>>(true);
agree<PerIdResult, z.infer<typeof perIdResult>>(true);
agree<Capabilities, z.infer<typeof capabilities>>(true);
agree<ExchangeLine, z.infer<typeof exchangeLine>>(true);
agree<SearchEvent, z.infer<typeof searchEvent>>(true);
