import { z } from 'zod';

/** What every operation is made of. */

/** Bounds of a request, so that no caller makes the server hold more than it should. */
export const limits = {
  ids: 10_000,
  /** Each is read whole and kept again. */
  transfer: 100,
  queryLength: 2_000,
  urls: 500,
  urlLength: 4_096,
  nameLength: 255,
  page: 200,
  jsonBytes: 4 * 1024 * 1024,
} as const;

// Control characters end or inject protocol lines; they never belong in a name or a search.
export const line = (max: number) =>
  z
    .string()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not contain control characters');
export const id = z.string().min(1).max(2_048);
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
export const accountPath = z.object({ accountId: id });

/** A window of a list, in a query. */
export const window = {
  position: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(limits.page).default(50),
};

export interface OperationShape {
  /** `public`: answered without a sign-in. */
  access?: 'public';
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The JSON of a 200; absent where `produces` says another media type or there is no body (204). */
  response?: z.ZodType;
  produces?: string;
  /** Is about an account and needs nothing of its mail: it must be answered also where that cannot be opened. */
  isWithoutMail?: true;
  /** It changes nothing, or carries a secret and is the same when repeated: no Idempotency-Key is kept for it. */
  keepsNoKey?: true;
}
export const operation = <const T extends OperationShape>(shape: T) => shape;
