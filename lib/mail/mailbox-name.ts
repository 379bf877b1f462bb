import { MailError } from './errors.ts';

const maxNameLength = 200;

/** Throws `invalid` for what no folder can be called: nothing, too long, or with control characters in it. */
export function checkMailboxName(name: string): void {
  if (name.trim() === '' || name.length > maxNameLength || /\p{Cc}/u.test(name)) {
    throw new MailError('invalid', 'not a name for a folder', { detail: 'name' });
  }
}
