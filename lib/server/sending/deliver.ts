import { asMailError, MailError } from '../../mail/errors.ts';
import type { Envelope } from '../../mail/model.ts';
import { submitMessage } from '../../mail/open.ts';
import { type DueSubmission, stepSubmission } from '../../store/submission.ts';
import { contents } from '../contents.ts';
import { store } from '../store.ts';
import { learnRecipients } from './afterwards.ts';
import { withSendingTrace } from './exchange.ts';
import { nextTryAt } from './patience.ts';
import { secretOf } from './secret.ts';
import { rememberExtensions, submissionServerOf } from './server.ts';

type Change = Parameters<typeof stepSubmission>[2];

/**
 * Hands one message that was taken to its server, and writes down what became of it. The order is what keeps a
 * message from being sent twice: `committed` is on the disk before its first byte goes out; where the outcome cannot be
 * written down it stays so, and is told as `unknown` once the hold has run out. Gives whether it was taken.
 */
export async function deliver(row: DueSubmission, signal: AbortSignal): Promise<boolean> {
  const step = async (change: Change) => stepSubmission(await store(), row, { changed_at_ms: Date.now(), ...change });
  const outcome = await attempt(() => submit(row, signal, () => step({ state: 'committed' })));
  if (outcome instanceof MailError) await step({ ...released, ...afterFailure(row, outcome) });
  else if (outcome.kind === 'refused')
    await step({ ...released, ...afterFailure(row, outcome.error), refused: JSON.stringify(outcome.refused) });
  else if (outcome.kind === 'unknown') await step({ ...released, ...told(outcome.error), state: 'unknown' });
  else {
    const refused = JSON.stringify(outcome.refused);
    await step({ state: 'accepted', refused, attempts: 0, problem: null, server_text: null });
    await learnRecipients(row, outcome.refused);
    return true;
  }
  return false;
}

/** The failure as a value: it is written down, while a failure to write down is thrown. */
async function attempt<T>(work: () => Promise<T>): Promise<T | MailError> {
  try {
    return await work();
  } catch (error) {
    return asMailError(error);
  }
}

function submit(row: DueSubmission, signal: AbortSignal, onCommit: () => Promise<void>) {
  const { id, account_id, content, size_bytes, is_8bit, username } = row;
  const message = {
    envelope: JSON.parse(row.envelope) as Envelope,
    id,
    sizeBytes: size_bytes,
    is8Bit: is_8bit === 1,
    open: () => contents().open(account_id, content),
  };
  const password = secretOf(row);
  const server = submissionServerOf(row);
  const onExtensions = (extensions: ReadonlySet<string>) => rememberExtensions(server, extensions);
  return withSendingTrace({ accountId: account_id, password }, (trace) =>
    submitMessage(server, { username, password }, message, { signal, onCommit, trace, onExtensions }),
  );
}

/** Nobody works on it any more. */
export const released = { lease_owner: null, lease_until_ms: null };

export const told = ({ code, serverText }: MailError) => ({ problem: code, server_text: serverText ?? null });

/** Tried again where that makes sense; at once, by the next process, where it was this one that ended. Else the person decides. */
function afterFailure(row: DueSubmission, error: MailError): Change {
  if (error.code === 'cancelled') return { state: 'held', due_at_ms: Date.now() };
  const attempts = row.attempts + 1;
  const mayPass = error.code === 'internal' || error.retryAfterMs !== undefined;
  const againAt = mayPass ? nextTryAt(row, attempts, error.retryAfterMs) : null;
  const change = { ...told(error), attempts, refused: '[]' };
  return againAt === null ? { ...change, state: 'refused' } : { ...change, state: 'held', due_at_ms: againAt };
}
