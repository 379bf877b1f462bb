import type { Authentication, AuthenticationCheck, Message } from '../model.ts';
import { type AuthenticationResults, type MethodResult, parseAuthenticationResults } from './authentication-results.ts';
import type { HeaderField } from './fields.ts';
import type { MessageHeaders } from './headers.ts';

/** What the server found, and what of the message stands only if the server does not say otherwise. */
export function trustOf(
  { traceFields, unsubscribe, unsubscribeSigners }: MessageHeaders,
  authservIds: readonly string[] | undefined,
): Pick<Message, 'authentication' | 'unsubscribe'> {
  const authentication = authenticationOf(traceFields, authservIds);
  const dkim = authentication?.dkim ?? [];
  // RFC 8058 §4: a valid signature must cover both fields. Where the server tells of no signature, nobody has looked.
  const isSigned = dkim.some(({ result, domain }) => result === 'pass' && unsubscribeSigners.includes(domain ?? ''));
  const isOneClick = unsubscribe?.isOneClick === true && (dkim.length === 0 || isSigned);
  return { authentication, unsubscribe: unsubscribe && { ...unsubscribe, isOneClick } };
}

/**
 * What the server that took the message in found about its sender; null when it says nothing. Believed are only fields
 * that carry one of `authservIds`: the topmost, and those below it without a Received field between, since whatever came
 * with the message stands below the Received field of its arrival (RFC 8601 §5, §7.1). A method that two fields name is
 * as the upper one says.
 */
export function authenticationOf(
  fields: readonly HeaderField[],
  authservIds: readonly string[] = [],
): Authentication | null {
  const own = ownResults(fields, new Set(authservIds.map((id) => id.toLowerCase())));
  if (own.length === 0) return null;
  const checksOf = (method: string, domainOf: (result: MethodResult) => string | null): AuthenticationCheck[] => {
    const field = own.find(({ results }) => results.some((result) => isCheck(result, method)));
    const found = field?.results.filter((result) => isCheck(result, method)) ?? [];
    return found.map((result) => ({ result: resultOf(result), domain: domainOf(result) }));
  };
  return {
    spf: checksOf('spf', domainIn('smtp.mailfrom', 'smtp.helo'))[0] ?? null,
    dkim: checksOf('dkim', domainIn('header.d', 'header.i')),
    dmarc: checksOf('dmarc', domainIn('header.from'))[0] ?? null,
  };
}

function ownResults(fields: readonly HeaderField[], authservIds: ReadonlySet<string>): AuthenticationResults[] {
  const own: AuthenticationResults[] = [];
  if (authservIds.size === 0) return own;
  for (const { name, value } of fields) {
    if (name === 'received' && own.length > 0) break;
    const parsed = name === 'authentication-results' ? parseAuthenticationResults(value) : null;
    if (parsed !== null && authservIds.has(parsed.authservId)) own.push(parsed);
  }
  return own;
}

const results = ['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror'] as const;
/** `hardfail` is what Sendmail's filters wrote before RFC 7001 (§2.7.2). */
const resultOf = ({ result }: MethodResult) => results.find((one) => one === result) ?? 'fail';
const isCheck = ({ method, result }: MethodResult, wanted: string) =>
  method === wanted && [...results, 'hardfail'].includes(result);

/** The domain of the first of these properties that is there, in lower case: of an address what stands behind its @. */
function domainIn(...names: string[]): (result: MethodResult) => string | null {
  return ({ properties }) => {
    const value = names.map((name) => properties.get(name)).find((one) => one !== undefined && one !== '');
    const domain = value
      ?.slice(value.lastIndexOf('@') + 1)
      .replace(/^[<\s]+|[.>\s]+$/g, '')
      .toLowerCase();
    return domain === undefined || domain === '' ? null : domain.slice(0, 255);
  };
}
