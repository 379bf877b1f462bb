import { type Maildrop as MaildropAnswer, retention } from '../contract/maildrop.ts';
import type { MailDriver, Maildrop } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import type { Retention } from '../mail/model.ts';
import { log } from '../server/log.ts';
import { scheduleOf, setSchedule } from '../server/schedule.ts';
import type { Call } from './call.ts';
import { parse } from './parse.ts';

/** The maildrop of an account. Throws `notFound` for one whose server keeps its mail. */
function maildropOf(mail: MailDriver): Maildrop {
  if (mail.maildrop) return mail.maildrop;
  throw new MailError('notFound', 'the server of this account keeps its mail', { detail: 'maildrop' });
}

/** Where the mail is, the rule, the collection and its schedule. */
export async function describeMaildrop({ mail, params }: Pick<Call<'getMaildrop'>, 'mail' | 'params'>) {
  const [report, schedule] = await Promise.all([maildropOf(mail).report(), scheduleOf(params.accountId)]);
  return { ...report, schedule } satisfies MaildropAnswer;
}

export async function updateMaildrop(call: Call<'updateMaildrop'>): Promise<MaildropAnswer> {
  const { mail, signedIn, params, body } = call;
  const maildrop = maildropOf(mail);
  if (body.retention) await maildrop.setRetention(body.retention);
  if (body.everyMinutes !== undefined) await setSchedule(signedIn, params.accountId, body.everyMinutes);
  return await describeMaildrop(call);
}

export const previewRetention = ({ mail, query }: Call<'previewRetention'>) =>
  maildropOf(mail).previewRetention(retentionOf(query));

/** A rule as a query has it. Throws `invalid` where it lacks its days. */
const retentionOf = ({ rule, days }: { rule: string; days?: number | undefined }): Retention =>
  parse(retention, rule === 'removeAfterDays' ? { rule, days } : { rule }, 'query');

/** Goes on after the answer; how it ended is told by `describeMaildrop`. */
export async function startCollection({ mail, params }: Call<'startCollection'>): Promise<void> {
  const { accountId } = params;
  maildropOf(mail)
    .collect({ isPatient: true })
    .catch((error: unknown) => log.info({ accountId, err: error }, 'a collection ended early'));
}

export const stopCollection = async ({ mail }: Call<'stopCollection'>): Promise<void> =>
  maildropOf(mail).stopCollection();

/** Undoes destroyMessages. What was removed from the server and never kept here is `stale`. */
export const restoreMessages = async ({ mail, body }: Call<'restoreMessages'>) => ({
  results: await maildropOf(mail).restoreMessages(body),
});
