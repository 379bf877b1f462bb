import type { MailErrorCode } from '../mail/errors.ts';

/** What can go wrong for the browser: everything the server names, and not reaching the server at all. */
export type ApiErrorCode = MailErrorCode | 'offline';

interface ApiErrorShape {
  code: ApiErrorCode;
  /** HTTP status; 0 where there was no answer. */
  status: number;
  detail?: string;
  serverText?: string;
  requestId?: string;
  retryAfterMs?: number;
  cause?: unknown;
}

/** A failed call, as the problem document told it (RFC 9457). `serverText` quotes the mail server. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly serverText: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(shape: ApiErrorShape) {
    super(shape.detail ?? shape.code, { cause: shape.cause });
    this.code = shape.code;
    this.status = shape.status;
    this.detail = shape.detail;
    this.serverText = shape.serverText;
    this.requestId = shape.requestId;
    this.retryAfterMs = shape.retryAfterMs;
  }

  /** The sign-in has ended, or the mail server takes its password no more: either way the person signs in again. */
  get isSignedOut(): boolean {
    return this.status === 401;
  }
}

/** Any thrown value as an ApiError; a fault of our own code is `internal`. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DOMException && error.name === 'AbortError')
    return new ApiError({ code: 'cancelled', status: 0 });
  return new ApiError({
    code: 'internal',
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    cause: error,
  });
}
