import type { Dovecot } from './dovecot.ts';
import { openRawImap, type RawImap } from './raw-imap.ts';

/** What other hands do to somebody's mail, by an independent client. */
export interface Elsewhere {
  raw: RawImap;
  /** Puts a message into a mailbox, the Inbox by default. */
  deliver(message: string | Buffer, options?: { mailbox?: string; flags?: string }): Promise<void>;
  /** Expunges the messages of this subject from the Inbox. */
  expunge(subject: string): Promise<void>;
  /** The flags of the message of this subject in a mailbox; null where there is none. */
  flagsOf(subject: string, mailbox?: string): Promise<string[] | null>;
  count(mailbox?: string): Promise<number>;
  close(): void;
}

/** Logins for as many tests, each with empty mailboxes of its own. */
export const manyUsers = (count: number): { username: string; password: string }[] =>
  Array.from({ length: count }, (_, at) => ({ username: `person${at}`, password: `secret ${at}` }));

export async function openElsewhere(
  server: Pick<Dovecot, 'ports'> | { ports: { imap: number } },
  login: { username: string; password: string },
): Promise<Elsewhere> {
  const raw = await openRawImap(server.ports.imap, login);
  const uidsOf = async (subject: string, mailbox: string): Promise<string> => {
    await raw.command(`SELECT "${mailbox}"`);
    const { untagged } = await raw.command(`UID SEARCH SUBJECT "${subject}"`);
    return (untagged.find((line) => line.startsWith('* SEARCH')) ?? '')
      .slice('* SEARCH'.length)
      .trim()
      .replaceAll(' ', ',');
  };
  return {
    raw,
    async deliver(message, { mailbox = 'INBOX', flags = '' } = {}) {
      const answer = await raw.append(mailbox, message, flags);
      if (answer.status !== 'OK') throw new Error(`not delivered: ${answer.text}`);
    },
    async expunge(subject) {
      const uids = await uidsOf(subject, 'INBOX');
      await raw.command(`UID STORE ${uids} +FLAGS (\\Deleted)`);
      await raw.command(`UID EXPUNGE ${uids}`);
    },
    async flagsOf(subject, mailbox = 'INBOX') {
      const uids = await uidsOf(subject, mailbox);
      if (uids === '') return null;
      const { untagged } = await raw.command(`UID FETCH ${uids} (FLAGS)`);
      const list = /FLAGS \(([^)]*)\)/.exec(untagged.find((line) => line.includes('FLAGS')) ?? '')?.[1] ?? '';
      return list.split(' ').filter((flag) => flag !== '' && flag !== '\\Recent');
    },
    async count(mailbox = 'INBOX') {
      // STATUS of the selected mailbox may be of before (RFC 9051 §6.3.11).
      await raw.command('NOOP');
      const { untagged } = await raw.command(`STATUS "${mailbox}" (MESSAGES)`);
      return Number(/MESSAGES (\d+)/.exec(untagged[0] ?? '')?.[1] ?? Number.NaN);
    },
    close: raw.close,
  };
}
