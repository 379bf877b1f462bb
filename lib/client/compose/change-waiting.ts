import type { InputOf, ResponseOf } from '../../contract/operations.ts';
import { openRoute } from '../api.ts';

type Waiting = InputOf<'redraftSubmission', 'params'>;
const path = '/api/accounts/{accountId}/submissions/{submissionId}';

/** Lets a message that waits go at another time, ISO 8601. Throws ApiError as `call` does, `conflict` where it waits for none. */
export async function reschedule(params: Waiting, sendAt: string): Promise<void> {
  await openRoute({ method: 'patch', path }, { params, body: { sendAt } });
}

/** Makes a draft of a message that has not gone out, and takes it from the Outbox. Throws as `reschedule` does. */
export async function redraft(params: Waiting): Promise<ResponseOf<'redraftSubmission'>> {
  const response = await openRoute({ method: 'post', path: `${path}/draft` }, { params });
  return (await response.json()) as ResponseOf<'redraftSubmission'>;
}
