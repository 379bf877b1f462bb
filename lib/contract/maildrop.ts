import { z } from 'zod';
import type * as model from '../mail/model.ts';
import { agree, errorCode } from './mail.ts';

/** What a POP3 account tells of itself: where its mail is, and what becomes of it on the server. */

/** Days a removal may wait: ten years. */
const maxDays = 3_650;

/** What happens on the server to a message that is kept here; `days` with `removeAfterDays` alone. */
export const retention = z
  .discriminatedUnion('rule', [
    z.object({ rule: z.literal('leave') }).strict(),
    z.object({ rule: z.literal('removeAfterDays'), days: z.int().min(1).max(maxDays) }).strict(),
    z.object({ rule: z.literal('removeWhenDeleted') }).strict(),
    z.object({ rule: z.literal('collect') }).strict(),
  ])
  .meta({ id: 'Retention' });

const amount = z.object({ messages: z.int().nonnegative(), sizeBytes: z.int().nonnegative() });

/** A message that the server listed and would not give, with the server's own words, or that is larger than what we take. */
const refusedMessage = z
  .object({
    id: z.string(),
    subject: z.string().nullable(),
    words: z.string(),
    isTooLarge: z.boolean(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'RefusedMessage' });

const report = z
  .object({
    retention,
    /** What the server listed when it was last asked. */
    onServer: amount,
    /** What is kept here whole, deleted messages left out. */
    here: amount,
    /** Of `here`, what the server does not have. */
    onlyHere: z.int().nonnegative(),
    /** Of `onServer`, what is not kept here, nor deleted by the person. */
    onlyThere: z.int().nonnegative(),
    /** Of `onlyThere`, what the server would not give; the newest 20 of them one by one. */
    refused: z.object({ total: z.int().nonnegative(), items: z.array(refusedMessage) }),
    /** What is to go from the server, and of which the server has not confirmed that it went. */
    awaitingRemoval: z.int().nonnegative(),
    checkedAt: z.iso.datetime().nullable(),
    /** How the last sign-in went; null before the first since the start of the process. */
    server: z
      .object({
        signedInBy: z.string(),
        capabilities: z.array(z.string()),
        expireDays: z.int().nonnegative().nullable(),
        loginDelayMs: z.int().nonnegative().nullable(),
      })
      .nullable(),
    collection: z.object({
      isRunning: z.boolean(),
      done: z.int().nonnegative(),
      total: z.int().nonnegative(),
      problem: errorCode.nullable(),
    }),
  })
  .meta({ id: 'MaildropReport' });

/** How often mail is collected with the browser shut; `lastAt` and `problem` tell of the last time. */
const schedule = z
  .object({
    everyMinutes: z.int(),
    lastAt: z.iso.datetime().nullable(),
    problem: errorCode.nullable(),
  })
  .meta({ id: 'CollectionSchedule' });

export const everyMinutes = z.union([z.literal(15), z.literal(60), z.literal(360), z.literal(1_440)]);

export const maildrop = report.extend({ schedule: schedule.nullable() }).meta({ id: 'Maildrop' });

/**
 * What a rule would do to the messages there are: how many go from the server at the next collection, how many of those were
 * deleted here, and how many go later.
 */
export const retentionPreview = z
  .object({
    removeNow: z.int().nonnegative(),
    deletedHere: z.int().nonnegative(),
    removeLater: z.int().nonnegative(),
  })
  .meta({ id: 'RetentionPreview' });

agree<model.Retention, z.infer<typeof retention>>(true);
agree<model.RetentionPreview, z.infer<typeof retentionPreview>>(true);
agree<model.MaildropReport, z.infer<typeof report>>(true);

export type Retention = z.infer<typeof retention>;
export type RetentionPreview = z.infer<typeof retentionPreview>;
export type CollectionSchedule = z.infer<typeof schedule>;
export type Maildrop = z.infer<typeof maildrop>;
