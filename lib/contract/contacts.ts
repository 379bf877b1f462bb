import { z } from 'zod';
import { id } from './operation.ts';
import { email, headerText } from './writing.ts';

/** People whom a person knows. */

/** Bounds of an address book, so that it is fast whatever was imported. */
export const contactLimits = {
  contacts: 20_000,
  groups: 500,
  learned: 3_000,
  emails: 20,
  phones: 20,
  nameLength: 300,
  noteLength: 10_000,
  importBytes: 5 * 1024 * 1024,
} as const;

const name = headerText(contactLimits.nameLength);
const contactEmail = z.object({ kind: z.enum(['home', 'work', 'other']), email }).strict();
const contactPhone = z
  .object({ kind: z.enum(['home', 'work', 'mobile', 'other']), number: headerText(100).min(1) })
  .strict();

export const contactRequest = z
  .object({
    name,
    organization: name.default(''),
    /** The first is the one that is written to. */
    emails: z.array(contactEmail).max(contactLimits.emails).default([]),
    phones: z.array(contactPhone).max(contactLimits.phones).default([]),
    note: z.string().max(contactLimits.noteLength).default(''),
    groupIds: z.array(id).max(contactLimits.groups).default([]),
  })
  .strict()
  .refine((contact) => contact.name.trim() !== '' || contact.organization.trim() !== '' || contact.emails.length > 0, {
    path: ['name'],
    error: 'must have a name, an organization or an address',
  });

export const contact = z
  .object({
    id: z.string(),
    name: z.string(),
    organization: z.string(),
    emails: z.array(z.object({ kind: z.enum(['home', 'work', 'other']), email: z.string() })),
    phones: z.array(z.object({ kind: z.enum(['home', 'work', 'mobile', 'other']), number: z.string() })),
    note: z.string(),
    groupIds: z.array(z.string()),
    /** What an imported card says besides, as vCard names it (RFC 6350 §6); kept, and exported again. */
    others: z.array(z.object({ name: z.string(), text: z.string() })),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Contact' });

/** A row of the list. */
export const contactSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    organization: z.string(),
    /** The one that is written to. */
    email: z.string().nullable(),
  })
  .meta({ id: 'ContactSummary' });

export const contactGroup = z
  .object({ id: z.string(), name: z.string(), count: z.int().nonnegative() })
  .meta({ id: 'ContactGroup' });

export const groupName = name.refine((text) => text.trim() !== '', 'must not be empty');

const found = z.object({ name: z.string().nullable(), email: z.string() });

/** What completes a recipient, the likeliest first. `contactId` is null for an address that was learned. */
export const completions = z.object({
  addresses: z.array(found.extend({ contactId: z.string().nullable() })),
  groups: z.array(contactGroup),
});

/** Whom a group stands for: the first address of each contact in it that has one. */
export const groupAddresses = z.object({ id: z.string(), name: z.string(), addresses: z.array(found) });

/** An address that was written to. */
export const learnedAddress = z
  .object({
    name: z.string().nullable(),
    email: z.string(),
    uses: z.int().positive(),
    lastUsedAt: z.iso.datetime(),
  })
  .meta({ id: 'LearnedAddress' });

/** What is said of a card or a row of an import. All but `addressLeftOut` mean that it was not taken. */
const importReason = z.enum(['unreadable', 'empty', 'tooLarge', 'tooMany', 'addressLeftOut']);

export const importReport = z
  .object({
    added: z.int().nonnegative(),
    /** Here already: the same name and no address that is new. */
    known: z.int().nonnegative(),
    groups: z.int().nonnegative(),
    /** Pictures are not kept. */
    pictures: z.int().nonnegative(),
    /** Counted from 1: the card, or the row with the head being row 1. The first 200 of `problemCount`. */
    problems: z.array(z.object({ number: z.int().positive(), name: z.string(), reason: importReason })),
    problemCount: z.int().nonnegative(),
  })
  .meta({ id: 'ImportReport' });

export type ContactRequest = z.output<typeof contactRequest>;
export type Contact = z.infer<typeof contact>;
export type ContactSummary = z.infer<typeof contactSummary>;
export type ContactGroup = z.infer<typeof contactGroup>;
export type Completions = z.infer<typeof completions>;
export type LearnedAddress = z.infer<typeof learnedAddress>;
export type ImportReport = z.infer<typeof importReport>;
export type ImportReason = ImportReport['problems'][number]['reason'];
