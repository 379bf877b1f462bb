import { z } from 'zod';
import { labelColors } from '../mail/model.ts';
import { line } from './operation.ts';

/** The accounts of a person: the one that signs in, and those that were added to it. */

export const accountLimits = { accounts: 20, nameLength: 60 } as const;

/** CR, LF and NUL would end a protocol line. */
export const wireText = z
  .string()
  .min(1)
  .max(1_024)
  .refine((text) => !['\0', '\r', '\n'].some((character) => text.includes(character)), 'must not contain line ends');

/** A login at a mail server. Spaces around a name are a slip of the hand; in a password they count. */
export const credentials = z.object({
  username: z.string().trim().pipe(wireText),
  password: wireText,
  protocol: z.enum(['imap', 'pop3']).optional(),
});

/** `position`: where it stands among those that were added, from 0. */
export const accountChange = z
  .object({
    /** Empty: as its login. */
    name: line(accountLimits.nameLength),
    color: z.enum(labelColors).nullable(),
    position: z.int().min(0).max(accountLimits.accounts),
  })
  .partial()
  .strict();
