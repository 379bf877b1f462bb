import { z } from 'zod';
import { email, headerText, writingLimits } from './writing.ts';

/** Who a person writes as, and what they write again and again. */

export const identityLimits = { perAccount: 50, templates: 200, htmlLength: 100_000, textLength: 20_000 } as const;

const signature = z.string().max(identityLimits.htmlLength);

const identityFields = z.object({
  name: headerText(300),
  email,
  replyTo: email.nullable(),
  /** Everything that is sent as this one goes to its own address too, unseen by the others. */
  bccsSelf: z.boolean(),
  textSignature: z.string().max(identityLimits.textLength),
  /** Null: made from the text. Hostile like any HTML: it goes through the sanitiser before it is shown or edited. */
  htmlSignature: signature.nullable(),
  /** The one of its account that a new message begins with. */
  isDefault: z.boolean(),
});

/** An Identity (RFC 8621 §6). `id` is null for the one that stands for a login without any: nothing is kept of it. */
export const identity = identityFields
  .extend({ id: z.string().nullable(), accountId: z.string() })
  .meta({ id: 'Identity' });

/** Of one account; its first identity is the default whatever is said. */
export const newIdentity = identityFields
  .extend({
    accountId: z.string().min(1).max(2_048),
    replyTo: email.nullable().default(null),
    bccsSelf: z.boolean().default(false),
    textSignature: z.string().max(identityLimits.textLength).default(''),
    htmlSignature: signature.nullable().default(null),
    isDefault: z.boolean().default(false),
  })
  .strict();

/** `position`: where it stands among those of its account, from 0. A default stops being one by another becoming it. */
export const identityChange = identityFields
  .extend({ isDefault: z.literal(true), position: z.int().min(0).max(identityLimits.perAccount) })
  .partial()
  .strict();

const templateFields = z
  .object({
    name: headerText(200).refine((name) => name.trim() !== '', 'must not be empty'),
    subject: headerText(writingLimits.subjectLength),
    text: z.string().max(identityLimits.textLength),
    /** Null: made from the text. Hostile like any HTML. */
    html: z.string().max(identityLimits.htmlLength).nullable(),
  })
  .strict();

export const templateRequest = templateFields;
export const template = z
  .object({ ...templateFields.shape, id: z.string(), updatedAt: z.iso.datetime() })
  .meta({ id: 'Template' });

export type Identity = z.infer<typeof identity>;
export type NewIdentity = z.output<typeof newIdentity>;
export type IdentityChange = z.output<typeof identityChange>;
export type Template = z.infer<typeof template>;
export type TemplateRequest = z.output<typeof templateRequest>;
