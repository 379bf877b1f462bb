import type { SubmissionTable } from '../../store/submission-tables.ts';
import { config } from '../config.ts';
import { createHalf, openSecret, sealSecret } from '../vault.ts';

/** Where the secret of a submission is bound to, in the place of a sign-in. */
export const submissionPlace = (id: string, accountId: string) => ({ sessionId: `submission ${id}`, accountId });

/** Seals a mail password for the server alone: AUTH_SECRET and the row together open it. */
export function sealFor(id: string, accountId: string, password: string) {
  const half = createHalf();
  const sealed = sealSecret(password, { authSecret: config().authSecret, half }, submissionPlace(id, accountId));
  return { half, sealed_secret: sealed };
}

/** The mail password that was sealed with a submission. Throws `unauthenticated` where AUTH_SECRET has changed. */
export const secretOf = ({ id, account_id, half, sealed_secret }: SubmissionTable): string =>
  openSecret(Buffer.from(sealed_secret), { authSecret: config().authSecret, half }, submissionPlace(id, account_id));
