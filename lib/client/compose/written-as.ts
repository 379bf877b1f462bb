import type { Identity } from '../../contract/identities.ts';
import type { Sanitizer } from './html.ts';
import { isAmong } from './plus-address.ts';
import { swapSignature, withSignature } from './signature.ts';
import type { Written } from './written.ts';

/** What is written, from another identity: its address, signature, reply-to and blind copy in the place of those before. */
export function writtenAs(written: Written, before: Identity | null, now: Identity, sanitize: Sanitizer): Written {
  const isOfBefore = (email: string) => before?.bccsSelf === true && isAmong(email, [before.email]);
  const others = written.bcc.filter(({ email }) => !isOfBefore(email));
  const signed =
    before === null ? withSignature(written, now, sanitize) : swapSignature(written, before, now, sanitize);
  return {
    ...signed,
    from: { name: now.name || null, email: now.email },
    replyTo: now.replyTo === null ? [] : [{ name: null, email: now.replyTo }],
    bcc: now.bccsSelf ? [...others, { name: null, email: now.email }] : others,
  };
}
