import { z } from 'zod';
import { accountPath, id, limits, line, operation } from './operation.ts';
import { composition, draft, receiptRequest, redrafted, submission, submissionRequest, upload } from './writing.ts';

const submissionPath = z.object({ accountId: id, submissionId: z.uuid() });
const draftPath = z.object({ accountId: id, draftId: id });

/** Drafts, the files that go along, what is on its way out, and what tells of mail that was read. */
export const writingOperations = {
  createDraft: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/drafts',
    summary: 'Keep what is written so far in Drafts',
    params: accountPath,
    body: composition,
    response: draft,
  }),
  replaceDraft: operation({
    method: 'put',
    path: '/api/accounts/{accountId}/drafts/{draftId}',
    summary: 'Keep a newer version; the one that is named goes once this one is there',
    params: draftPath,
    body: composition,
    response: draft,
  }),
  deleteDraft: operation({
    method: 'delete',
    path: '/api/accounts/{accountId}/drafts/{draftId}',
    summary: 'Delete a draft for good',
    params: draftPath,
  }),
  createUpload: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/uploads',
    summary: 'Keep a file that is to be sent: its bytes are the body of the request',
    params: accountPath,
    query: z.object({ name: line(limits.nameLength).min(1), type: line(200).default('application/octet-stream') }),
    response: upload,
  }),
  deleteUpload: operation({
    method: 'delete',
    path: '/api/accounts/{accountId}/uploads/{uploadId}',
    summary: 'Forget a file that was taken out again',
    params: z.object({ accountId: id, uploadId: line(64).min(1) }),
  }),
  sendReceipt: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/messages/{messageId}/receipt',
    summary: 'Tell the one who asks for it that a message was read (RFC 8098), once; marks it with `$mdnsent`',
    params: z.object({ accountId: id, messageId: id }),
    body: receiptRequest,
    response: submission,
  }),
  listSubmissions: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/submissions',
    summary: 'The Outbox: what waits, what went wrong, and what was sent in the last day',
    params: accountPath,
    response: z.object({ submissions: z.array(submission) }),
  }),
  createSubmission: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/submissions',
    summary: 'Send a message, once it can no longer be taken back or at a date; it goes on with the browser shut',
    params: accountPath,
    body: submissionRequest,
    response: submission,
  }),
  getSubmission: operation({
    method: 'get',
    path: '/api/accounts/{accountId}/submissions/{submissionId}',
    summary: 'How far a message is on its way',
    params: submissionPath,
    response: submission,
  }),
  cancelSubmission: operation({
    method: 'delete',
    path: '/api/accounts/{accountId}/submissions/{submissionId}',
    summary: 'Take a message back that has not gone out',
    params: submissionPath,
  }),
  rescheduleSubmission: operation({
    method: 'patch',
    path: '/api/accounts/{accountId}/submissions/{submissionId}',
    summary: 'Send a message that waits at another time',
    params: submissionPath,
    body: z.object({ sendAt: z.iso.datetime() }).strict(),
    response: submission,
  }),
  redraftSubmission: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/submissions/{submissionId}/draft',
    summary: 'Take a message back that has not gone out, to be written on: it is a draft then',
    params: submissionPath,
    response: redrafted,
  }),
  decideSubmission: operation({
    method: 'post',
    path: '/api/accounts/{accountId}/submissions/{submissionId}/decide',
    summary: 'Try again now, or say that a message whose outcome is unknown was sent',
    params: submissionPath,
    body: z.object({ decision: z.enum(['again', 'sent']) }).strict(),
    response: submission,
  }),
};
