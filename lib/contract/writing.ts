import { z } from 'zod';
import { answeringKeywords } from '../mail/model.ts';
import { errorCode } from './mail.ts';

/** What a person writes and sends. */

/** Bounds of a message, so that no caller makes the server build more than it should. */
export const writingLimits = {
  recipients: 1_000,
  attachments: 100,
  bodyLength: 1_500_000,
  subjectLength: 2_000,
  /** So long a message can be held back for Undo at most. */
  holdMs: 60_000,
  /** How far ahead a message may be scheduled: a year. */
  scheduleMs: 366 * 24 * 3_600_000,
} as const;

// No control character may reach a header or a command.
export const headerText = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters');
const messageIdText = z
  .string()
  .min(3)
  .max(250)
  .regex(/^[^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+$/u, 'must be a message id');
/** RFC 5321 §4.1.2 as people have addresses: one @, nothing that ends a path. */
export const email = z
  .string()
  .max(320)
  .regex(/^[^\s<>,;:"()[\]\\@\p{Cc}]+@[^\s<>,;:"()[\]\\@\p{Cc}]+$/u, 'must be an address');
const address = z.object({ name: headerText(300).nullable(), email }).strict();
const addresses = z.array(address).max(writingLimits.recipients);
const id = z.string().min(1).max(2_048);

/** A file that goes along: uploaded before, a part of a message that is there, or such a message whole. */
const attachment = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('upload'), uploadId: z.string().min(1).max(64) }),
    z.object({ kind: z.literal('part'), messageId: id, partId: z.string().min(1).max(200) }),
    z.object({ kind: z.literal('message'), messageId: id }),
  ])
  .and(
    z.object({
      name: headerText(255).nullable(),
      type: z.string().max(200),
      /** What the HTML names it by; with it, the file is shown in the text. */
      cid: z
        .string()
        .max(200)
        .regex(/^[\w.@+-]+$/)
        .nullable()
        .default(null),
    }),
  );

export const composition = z
  .object({
    from: address,
    replyTo: addresses.default([]),
    to: addresses.default([]),
    cc: addresses.default([]),
    bcc: addresses.default([]),
    subject: headerText(writingLimits.subjectLength).default(''),
    /** Made from the HTML where null. */
    text: z.string().max(writingLimits.bodyLength).nullable().default(null),
    html: z.string().max(writingLimits.bodyLength).nullable().default(null),
    attachments: z.array(attachment).max(writingLimits.attachments).default([]),
    /** Of this message, from its first draft on; made where missing. */
    messageId: messageIdText.optional(),
    inReplyTo: z.array(messageIdText).max(10).default([]),
    references: z.array(messageIdText).max(100).default([]),
    priority: z.enum(['high', 'normal', 'low']).default('normal'),
    wantsReadReceipt: z.boolean().default(false),
    /** An answer to an invitation: goes beside the text as `text/calendar; method=REPLY` (RFC 6047 §2.4), and as a file. */
    calendar: z
      .string()
      .max(64 * 1024)
      .regex(/^BEGIN:VCALENDAR\r\n(?:[^\r\n]+\r\n)+END:VCALENDAR\r\n$/, 'must be an iCalendar object')
      .regex(/\r\nMETHOD:REPLY\r\n/, 'must be a reply')
      .nullable()
      .default(null),
  })
  .strict()
  .meta({ id: 'Composition' });

/** The draft as it is on the server now. */
export const draft = z
  .object({
    id: z.string().nullable(),
    messageId: z.string(),
    savedAt: z.iso.datetime(),
    /** The latest other version that is there, by its Message-ID: it was written on elsewhere too. */
    otherId: z.string().nullable(),
    /** A copy of the version that this replaces, byte for byte: not another version, but another draft. */
    copyId: z.string().nullable(),
    /** The version that it was to replace, where the server would not remove it, and why. */
    left: z.object({ id: z.string(), problem: errorCode }).nullable(),
    /** The part that each attachment has become, in the order given. */
    attachments: z.array(z.string().nullable()),
  })
  .meta({ id: 'Draft' });

export const upload = z
  .object({ id: z.string(), name: z.string(), type: z.string(), sizeBytes: z.int().nonnegative() })
  .meta({ id: 'Upload' });

/** So long a message waits to be taken back. */
const holdMs = z.int().min(0).max(writingLimits.holdMs).default(10_000);

const answers = z.array(z.object({ messageId: id, keyword: z.enum(answeringKeywords) }).strict()).max(100);

export const submissionRequest = z
  .object({
    message: composition,
    wantsDeliveryReport: z.boolean().default(false),
    /** So long it can be taken back. */
    holdMs,
    /** Not before this. */
    sendAt: z.iso.datetime().optional(),
    /** The draft that goes once it was taken. */
    draftId: id.optional(),
    /** Messages that this one answers or forwards. */
    answers: answers.default([]),
  })
  .strict();

/** A note that a message was read (RFC 8098), in the person's words. */
export const receiptRequest = z
  .object({ from: address, subject: headerText(writingLimits.subjectLength), text: z.string().max(5_000), holdMs })
  .strict();

/** What was taken back to be written on: the draft that it is now, and what a draft does not tell of it. */
export const redrafted = z
  .object({
    draftId: z.string(),
    answers,
    priority: z.enum(['high', 'normal', 'low']),
    wantsReadReceipt: z.boolean(),
    wantsDeliveryReport: z.boolean(),
  })
  .meta({ id: 'Redrafted' });

const submissionAddress = z.object({ name: z.string().nullable(), email: z.string() });

export const submission = z
  .object({
    id: z.string(),
    /**
     * `held`: can be taken back until `dueAt`, or waits for its next try. `sending`: on its way. `unknown`: the server was
     * lost before it answered. `refused`: `problem` says why. `accepted`: taken, the copy in Sent is not made yet.
     */
    state: z.enum(['held', 'sending', 'unknown', 'refused', 'accepted', 'filed']),
    dueAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    attempts: z.int().nonnegative(),
    messageId: z.string(),
    subject: z.string(),
    to: z.array(submissionAddress),
    cc: z.array(submissionAddress),
    bcc: z.array(submissionAddress),
    sizeBytes: z.int().nonnegative(),
    problem: errorCode.nullable(),
    serverText: z.string().nullable(),
    /** A person wrote it, so that it can be written on; else it is a receipt, or an answer to an invitation. */
    isWritten: z.boolean(),
    /** Recipients that the server would not take; the others have it. */
    refused: z.array(z.object({ email: z.string(), serverText: z.string() })),
  })
  .meta({ id: 'Submission' });

export type CompositionRequest = z.output<typeof composition>;
export type AttachmentRequest = CompositionRequest['attachments'][number];
export type SubmissionRequest = z.output<typeof submissionRequest>;
export type ReceiptRequest = z.output<typeof receiptRequest>;
export type Submission = z.infer<typeof submission>;
export type Redrafted = z.infer<typeof redrafted>;
export type Draft = z.infer<typeof draft>;
export type Upload = z.infer<typeof upload>;
