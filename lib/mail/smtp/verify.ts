import type { MailLogin, ServerUrl } from '../driver.ts';
import { asMailError, MailError } from '../errors.ts';
import { closeSession, defaultLimits, openSession } from './connect.ts';

const limits = { ...defaultLimits, answerMs: defaultLimits.connectMs };

/** Signs in to a submission server and out again. Throws as `openSession` does, `unsupported` where it takes no password. */
export async function verifySubmissionLogin(server: ServerUrl, login: MailLogin): Promise<void> {
  const signal = AbortSignal.timeout(limits.connectMs * 2);
  const session = await openSession(server, login, limits, { signal }).catch((error: unknown) => {
    throw signal.aborted ? new MailError('timeout', 'not signed in in time', { cause: error }) : asMailError(error);
  });
  const takesPasswords = session.connection.allowsAuth;
  closeSession(session);
  if (!takesPasswords) throw new MailError('unsupported', 'the submission server offers no AUTH');
}
