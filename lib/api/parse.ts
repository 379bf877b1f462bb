import type { z } from 'zod';
import type { Problem } from '../contract/operations.ts';
import { MailError } from '../mail/errors.ts';

/** `invalid`, with every field that was at fault. */
export class InvalidRequest extends MailError {
  readonly errors: NonNullable<Problem['errors']>;

  constructor(errors: NonNullable<Problem['errors']>) {
    const names = errors.map((error) => error.path).join(', ');
    super('invalid', `request does not match its schema: ${names}`, { detail: names });
    this.errors = errors;
  }
}

const toldErrors = 20;

/** The value as the schema parses it. Throws `invalid` naming the fields, e.g. `body.ids.3`, never their values. */
export function parse<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, toldErrors).map((issue) => ({
    path: [where, ...issue.path.map(String)].join('.').slice(0, 200),
    message: issue.message.slice(0, 200),
  }));
  throw new InvalidRequest(errors);
}
