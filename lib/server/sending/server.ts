import { LRUCache } from 'lru-cache';
import type { ServerUrl } from '../../mail/driver.ts';
import { MailError } from '../../mail/errors.ts';
import type { Envelope } from '../../mail/model.ts';
import { foreignAmong } from '../../mail/open.ts';
import { type AccountPlace, smtpServerOf } from '../account-servers.ts';
import { live } from '../live.ts';

/** The submission server of an account. Throws `unsupported` where none is set. */
export function submissionServerOf(place: AccountPlace): ServerUrl {
  const smtp = smtpServerOf(place);
  if (smtp === null) throw new MailError('unsupported', 'no submission server is set (MAIL_SMTP)', { detail: 'smtp' });
  return smtp;
}

/** What each server said last that it can do, for an hour: by then it may have learned more. */
const said = live(
  'extensions of submission servers',
  () => new LRUCache<string, ReadonlySet<string>>({ max: 1_000, ttl: 3_600_000 }),
);
const nameOf = ({ host, port }: ServerUrl) => `${host}:${port}`;

export const rememberExtensions = (server: ServerUrl, extensions: ReadonlySet<string>): void =>
  void said.set(nameOf(server), extensions);

/** Throws `unsupported` with the address that a server is known not to take; of one that nobody has asked, nothing is known. */
export function requireCarried(server: ServerUrl, envelope: Pick<Envelope, 'from' | 'to'>): void {
  const extensions = said.get(nameOf(server));
  const [email] = extensions === undefined ? [] : foreignAmong(envelope, extensions);
  if (email !== undefined)
    throw new MailError('unsupported', 'the server has no SMTPUTF8 (RFC 6531)', { detail: email });
}
