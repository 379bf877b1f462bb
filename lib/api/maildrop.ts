import { retention } from '../contract/maildrop.ts';
import type { MailDriver, Maildrop } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import type { Retention } from '../mail/model.ts';
import { parse } from './parse.ts';

/** The maildrop of an account. Throws `unsupported` for one whose server keeps its mail. */
export function maildropOf(mail: MailDriver): Maildrop {
  if (mail.maildrop) return mail.maildrop;
  throw new MailError('unsupported', 'only POP3 accounts are collected');
}

/** A rule as a query has it. Throws `invalid` where it lacks its days. */
export function retentionOf({ rule, days }: { rule: string; days?: number | undefined }): Retention {
  return parse(retention, rule === 'removeAfterDays' ? { rule, days } : { rule }, 'query');
}
