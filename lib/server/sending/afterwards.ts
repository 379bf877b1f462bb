import type { MailDriver } from '../../mail/driver.ts';
import { log } from '../log.ts';

/** What happens to other messages once one was taken: its draft goes, what it answers or forwards gets a keyword. */
export interface Afterwards {
  draftId: string | null;
  answers: { messageId: string; keyword: string }[];
}

/** Does it. What has gone meanwhile is left: it must not keep a message from being told as sent. */
export async function finish({ draftId, answers }: Afterwards, mail: MailDriver, submissionId: string): Promise<void> {
  const missed = (what: string) => (error: unknown) => log.info({ submissionId, err: error }, what);
  for (const keyword of new Set(answers.map((answer) => answer.keyword))) {
    const ids = answers.filter((answer) => answer.keyword === keyword).map(({ messageId }) => messageId);
    await mail.setKeywords({ ids, add: [keyword], remove: [] }).catch(missed('an answered message was not marked'));
  }
  if (draftId !== null)
    await mail.destroyMessages({ ids: [draftId] }).catch(missed('the draft of a sent message stays'));
}
