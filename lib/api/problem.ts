import type { Problem } from '../contract/operations.ts';
import { sentences } from '../contract/sentences.ts';
import type { MailError } from '../mail/errors.ts';
import { jsonHeaders } from './headers.ts';
import { InvalidRequest } from './parse.ts';
import { statuses } from './statuses.ts';

/** The problem document of an error (RFC 9457 §3). Its `message` and `cause` are for the log and stay here. */
export function problemOf(error: MailError, requestId: string): Problem {
  const { title, advice } = sentences[error.code];
  return {
    type: `urn:posthorn:problem:${error.code}`,
    title,
    status: statuses[error.code],
    code: error.code,
    advice,
    requestId,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.serverText === undefined ? {} : { serverText: error.serverText }),
    ...(error instanceof InvalidRequest ? { errors: error.errors } : {}),
  };
}

/** Answers with the problem document; Retry-After (RFC 9110 §10.2.3) in whole seconds where the error knows when. */
export function problemResponse(error: MailError, requestId: string): Response {
  const problem = problemOf(error, requestId);
  const json = JSON.stringify(problem);
  const headers = jsonHeaders(requestId, json, 'application/problem+json');
  if (error.retryAfterMs !== undefined) headers.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)));
  return new Response(json, { status: problem.status, headers });
}
