import { config } from './config.ts';

/**
 * What next-auth may be told by a request: texts only, and a `callbackUrl` only where it is an address of ours. It would
 * answer anything else with a 500 "problem with the server configuration".
 */
export function readableFields(given: Record<string, unknown>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string' || refuses.get(name)?.(value) === true) continue;
    fields[name] = value;
  }
  return fields;
}

/** The cookies of a request with the same held to; `callbackName` is the one that remembers the callbackUrl. */
export function readableCookies(given: Record<string, string>, callbackName: string): Record<string, string> {
  const { [callbackName]: callback, ...others } = given;
  return callback === undefined || isForeign(callback) ? others : given;
}

/** By field: whether this value of it is left out. */
const refuses = new Map<string, (value: string) => boolean>([
  ['callbackUrl', isForeign],
  // It is written into an address.
  ['error', (value) => !/^[\w-]{1,64}$/.test(value)],
]);

function isForeign(address: string): boolean {
  const { origin } = config().url;
  if (address.length > 2_000 || !URL.canParse(address, origin) || !/^[\x21-\x7e]+$/.test(address)) return true;
  // "//host" and "/\host" are other hosts, which the parser knows; "x" would be a path to it, and is none to next-auth.
  return new URL(address, origin).origin !== origin || !/^(\/|https?:\/\/)/.test(address);
}
