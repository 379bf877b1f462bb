import type { ResponseOf } from '../../contract/operations.ts';
import { call } from '../api.ts';
import { asApiError } from '../api-error.ts';
import { compositionOf } from './request.ts';
import type { Written } from './written.ts';

export type Submission = ResponseOf<'getSubmission'>;

/**
 * Hands a message over to be sent; once this resolves it is kept by the server and goes out, whatever becomes of the
 * browser. What another tab or a lost answer has handed over already is found by its Message-ID, and not sent twice.
 */
export async function submit(written: Written, holdMs: number): Promise<Submission> {
  const { accountId, draftId, answers, wantsDeliveryReport, sendAt } = written;
  const hasParts = written.files.some(({ part }) => part !== null);
  const send = (isFromDraft: boolean) =>
    call('createSubmission', {
      params: { accountId },
      body: {
        message: compositionOf(written, isFromDraft),
        holdMs,
        wantsDeliveryReport,
        answers,
        ...(sendAt === null ? {} : { sendAt }),
        ...(draftId === null ? {} : { draftId }),
      },
    });
  try {
    return await send(false).catch((thrown: unknown) => {
      if (hasParts && asApiError(thrown).code === 'notFound') return send(true);
      throw thrown;
    });
  } catch (thrown) {
    const known = asApiError(thrown).code === 'conflict' ? await handedOver(written) : undefined;
    if (known === undefined) throw thrown;
    return known;
  }
}

async function handedOver({ accountId, messageId }: Written): Promise<Submission | undefined> {
  const { submissions } = await call('listSubmissions', { params: { accountId } });
  return submissions.find((one) => one.messageId === messageId);
}

const firstLookMs = 700;
const mostPauseMs = 10_000;
const longestMs = 15 * 60_000;

/**
 * Waits until it is known what became of a message: filed, refused, unknown, or its copy could not be made. Gives null
 * where it was taken back (`signal`), or where nothing was decided in a quarter of an hour: the server goes on trying.
 * `changed` resolves when something of the submissions has changed, or after so many ms.
 */
export async function outcomeOf(
  accountId: string,
  submission: Submission,
  { signal, changed }: { signal: AbortSignal; changed: (mostMs: number) => Promise<void> },
): Promise<Submission | null> {
  let last = submission;
  let pause = firstLookMs;
  await changed(Math.max(0, Date.parse(last.dueAt) - Date.now()) + firstLookMs);
  for (const end = Date.now() + longestMs; Date.now() < end && !signal.aborted; ) {
    try {
      last = await call('getSubmission', { params: { accountId, submissionId: submission.id } });
    } catch (thrown) {
      if (asApiError(thrown).code === 'notFound') return null;
    }
    const isUnfiled = last.state === 'accepted' && last.problem !== null;
    if (isUnfiled || ['filed', 'refused', 'unknown'].includes(last.state)) return last;
    await changed(pause);
    pause = Math.min(mostPauseMs, pause * 1.5);
  }
  return null;
}
