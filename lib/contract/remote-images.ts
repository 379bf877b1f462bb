import { z } from 'zod';

/** Whose pictures are shown without asking, or never asked about: one sender, or everybody of one domain. */
export const remoteImageRule = z
  .object({
    kind: z.enum(['sender', 'domain']),
    /** An address or a domain, in lower case. */
    name: z.string(),
    choice: z.enum(['always', 'never']),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'RemoteImageRule' });

/** Which rule, in a path: an address of a sender, or a domain. */
export const ruleName = z
  .object({
    kind: z.enum(['sender', 'domain']),
    name: z
      .string()
      .max(320)
      .regex(/^(?:[^\s@/]+@)?[^\s@/]+$/u, 'must be an address or a domain')
      .toLowerCase(),
  })
  .refine(({ kind, name }) => name.includes('@') === (kind === 'sender'), {
    path: ['name'],
    error: 'is of another kind',
  });

/** The address of a picture, as the mail has it and as our proxy answers it for an hour. */
export const signedImage = z.object({ url: z.string(), href: z.string() });

export type RemoteImageRule = z.infer<typeof remoteImageRule>;
