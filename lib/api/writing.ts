import type { MailDriver } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import {
  decideSubmission,
  describeSubmission,
  reschedule,
  submissionOf,
  submissionsOf,
  takeBack,
} from '../server/sending/answer.ts';
import { discardDraft, saveDraft } from '../server/sending/drafts.ts';
import { sendReceipt } from '../server/sending/receipt.ts';
import { redraft } from '../server/sending/redraft.ts';
import { sendMessage } from '../server/sending/send.ts';
import { addUpload, dropUpload } from '../server/sending/uploads.ts';
import { accountOf, type SignedIn } from '../server/session.ts';
import type { Call } from './call.ts';

function draftOf({ signedIn, mail, accountId }: { signedIn: SignedIn; mail: MailDriver; accountId: string }) {
  const { username, address } = accountOf(signedIn, accountId);
  return { accountId, mail, username, address };
}

export const createDraft = ({ signedIn, mail, params, body }: Call<'createDraft'>) =>
  saveDraft({ ...draftOf({ signedIn, mail, accountId: params.accountId }), message: body, replaces: null });

export const replaceDraft = ({ signedIn, mail, params, body }: Call<'replaceDraft'>) =>
  saveDraft({ ...draftOf({ signedIn, mail, accountId: params.accountId }), message: body, replaces: params.draftId });

export const deleteDraft = ({ mail, params }: Call<'deleteDraft'>) => discardDraft(mail, params.draftId);

/** The bytes are taken as they come: a file is never whole in memory. Throws `invalid` for a request without a body. */
export async function createUpload({ request, params, query }: Call<'createUpload'>) {
  if (request.body === null) throw new MailError('invalid', 'an upload without bytes', { detail: 'body' });
  const source = request.body as unknown as AsyncIterable<Uint8Array>;
  const announcedBytes = Number(request.headers.get('content-length') ?? 0);
  return await addUpload(params.accountId, { ...query, source, announcedBytes });
}

export const deleteUpload = ({ params }: Call<'deleteUpload'>) => dropUpload(params.accountId, params.uploadId);

export const listSubmissions = async ({ params }: Call<'listSubmissions'>) => ({
  submissions: await submissionsOf(params.accountId),
});

export const createSubmission = async ({ signedIn, mail, params, body }: Call<'createSubmission'>) =>
  describeSubmission(await sendMessage(signedIn, { accountId: params.accountId, mail, request: body }));

export const getSubmission = ({ params }: Call<'getSubmission'>) => submissionOf(params.accountId, params.submissionId);

export const cancelSubmission = ({ mail, params }: Call<'cancelSubmission'>) =>
  takeBack(params.accountId, params.submissionId, mail);

export const rescheduleSubmission = ({ signedIn, params, body }: Call<'rescheduleSubmission'>) =>
  reschedule(signedIn, { accountId: params.accountId, id: params.submissionId, sendAt: body.sendAt });

export const redraftSubmission = ({ mail, params }: Call<'redraftSubmission'>) =>
  redraft(params.accountId, params.submissionId, mail);

export const createReceipt = async ({ signedIn, mail, params, body }: Call<'sendReceipt'>) => {
  const { accountId, messageId } = params;
  return describeSubmission(await sendReceipt(signedIn, { accountId, mail, messageId, request: body }));
};

export const decide = ({ signedIn, params, body }: Call<'decideSubmission'>) =>
  decideSubmission(signedIn, { accountId: params.accountId, id: params.submissionId, decision: body.decision });
