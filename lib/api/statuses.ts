import type { MailErrorCode } from '../mail/errors.ts';

/** The one place where a code becomes an HTTP status (RFC 9110 §15; 507 of RFC 4918; 499 as nginx logs a caller who left). */
export const statuses: Record<MailErrorCode, number> = {
  unauthenticated: 401,
  passwordRefused: 403,
  forbidden: 403,
  notFound: 404,
  stale: 410,
  invalid: 400,
  conflict: 409,
  unsupported: 501,
  overQuota: 507,
  storageFull: 507,
  tooLarge: 413,
  throttled: 429,
  busy: 503,
  unreachable: 502,
  timeout: 504,
  insecure: 502,
  certificate: 502,
  protocol: 502,
  cancelled: 499,
  internal: 500,
};
