import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { z } from 'zod';
import { type Submission, submissionRequest } from '../../../contract/writing.ts';
import type { MailDriver } from '../../../mail/driver.ts';
import type { MailboxRole, MessageSummary } from '../../../mail/model.ts';
import { type Dovecot, type DovecotOptions, startDovecot } from '../../../mail/testing/dovecot.ts';
import {
  type SubmissionServer,
  type SubmissionServerOptions,
  startSubmissionServer,
} from '../../../mail/testing/submission-server.ts';
import type { TestStore } from '../../../store/testing/databases.ts';
import { closeAllDrivers } from '../../drivers.ts';
import { mailFor } from '../../mail-for.ts';
import { currentSession, type SignedIn } from '../../session.ts';
import { createBrowser } from '../../testing/browser.ts';
import { install } from '../../testing/installation.ts';
import { describeSubmission, submissionOf } from '../answer.ts';
import { sendMessage } from '../send.ts';
import { settleSubmissions } from '../worker.ts';

export const password = 'correct horse';
const mailboxesOfAll = { Sent: '\\Sent', Drafts: '\\Drafts', Trash: '\\Trash' };

type Message = Partial<z.input<typeof submissionRequest>['message']>;

/** Somebody who signed in to Posthorn, as the API finds them. */
export interface Writer {
  signedIn: SignedIn;
  accountId: string;
  username: string;
  mail: MailDriver;
  /** Hands a message over, at once unless `more` says otherwise. */
  send(message: Message, more?: Partial<z.input<typeof submissionRequest>>): Promise<Submission>;
  submission(id: string): Promise<Submission>;
  /** What has become of one once it is in one of these states. */
  reached(id: string, states: readonly Submission['state'][]): Promise<Submission>;
  /** What is in the mailbox of a role. */
  list(role: MailboxRole): Promise<MessageSummary[]>;
}

/** Posthorn's sending in this process, with Dovecot behind it and a submission server that delivers into it. */
export interface Desk {
  dovecot: Dovecot;
  smtp: SubmissionServer;
  signIn(username: string): Promise<Writer>;
  close(): Promise<void>;
}

interface DeskOptions {
  database: { open(): Promise<TestStore> };
  usernames: readonly string[];
  dovecot?: Partial<DovecotOptions>;
  smtp?: SubmissionServerOptions;
  environment?: Record<string, string>;
  /** How mail is read; IMAP unless told. */
  protocol?: 'imap' | 'pop3';
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const users = options.usernames.map((username) => ({ username, password }));
  const dovecot = await startDovecot({ users, specialUse: mailboxesOfAll, ...options.dovecot });
  const smtp = await startSubmissionServer({
    login: async (_, given) => given === password,
    lmtpPort: dovecot.ports.lmtp,
    ...options.smtp,
  });
  const { imaps, pop3s } = dovecot.ports;
  const environment = {
    ...(options.protocol === 'pop3'
      ? { MAIL_IMAP: '', MAIL_POP3: `pop3s://127.0.0.1:${pop3s}` }
      : { MAIL_IMAP: `imaps://127.0.0.1:${imaps}` }),
    MAIL_CA_FILE: dovecot.certificatePath,
    MAIL_SMTP: `submissions+insecure://127.0.0.1:${smtp.url.port}`,
    ...options.environment,
  };
  const { remove } = await install(options.database, environment);
  return {
    dovecot,
    smtp,
    signIn,
    async close() {
      await settleSubmissions();
      await closeAllDrivers();
      await remove();
      await smtp.stop();
      await dovecot.stop();
    },
  };
}

async function signIn(username: string): Promise<Writer> {
  const browser = createBrowser();
  expect(await browser.signIn({ username, password })).toBeNull();
  const signedIn = await currentSession(browser.request('/'));
  const accountId = signedIn?.accounts[0]?.id;
  if (signedIn === null || accountId === undefined) throw new Error('not signed in');
  const mail = await mailFor(signedIn, accountId);
  const submission = (id: string) => submissionOf(accountId, id);
  return {
    signedIn,
    accountId,
    username,
    mail,
    submission,
    async send(message, more = {}) {
      const from = { name: null, email: username };
      const request = submissionRequest.parse({ holdMs: 0, ...more, message: { from, subject: 'Tide', ...message } });
      return describeSubmission(await sendMessage(signedIn, { accountId, mail, request }));
    },
    async reached(id, states) {
      const isThere = async () => states.includes((await submission(id)).state);
      await expect.poll(isThere, { timeout: 30_000, interval: 20 }).toBe(true);
      return await submission(id);
    },
    async list(role) {
      const mailbox = (await mail.listMailboxes({ counts: false })).find((one) => one.role === role);
      if (mailbox === undefined) throw new Error(`there is no mailbox for ${role}`);
      return (await mail.listMessages({ mailboxId: mailbox.id, position: 0, limit: 200 })).items;
    },
  };
}

/** The bytes of the message of this Message-ID in a mailbox of somebody. */
export async function rawOf({ mail, list }: Writer, role: MailboxRole, messageId: string): Promise<Buffer> {
  for (const { id } of await list(role)) {
    const raw = await buffer((await mail.openRaw({ id })).stream);
    if (raw.includes(`Message-ID: <${messageId}>`)) return raw;
  }
  throw new Error('it is not there');
}
