import { MailError } from '../mail/errors.ts';

/** What `work` gives, if it comes within `waitMs`. Throws `timeout` else; the work itself goes on. */
export async function inTime<T>(work: Promise<T>, waitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailError('timeout', 'the mail server is slow to answer')), waitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
