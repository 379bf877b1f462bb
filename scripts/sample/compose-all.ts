import { compose } from './compose.ts';
import type { SampleFolder } from './mail.ts';
import type { StoredMail } from './maildir.ts';

/** Folders as bytes; what several sources put into the same path becomes one folder. */
export async function composeAll(folders: SampleFolder[]): Promise<{ path: string; mails: StoredMail[] }[]> {
  const byPath = new Map<string, StoredMail[]>();
  for (const { path, mails } of folders) {
    const stored = byPath.get(path) ?? [];
    byPath.set(path, stored);
    for (const mail of mails) {
      const { receivedAt, keywords = [], flags = [] } = mail;
      stored.push({ bytes: await compose(mail), receivedAt, keywords, flags });
    }
  }
  return [...byPath].map(([path, mails]) => ({ path, mails }));
}
