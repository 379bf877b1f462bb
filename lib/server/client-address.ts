/**
 * The address a request came from, given what proxies wrote and how many of them are ours. Each proxy appends the
 * address it saw, so the last `trustedProxies` entries are true and all before them is the client's word.
 */
export function trueAddress(forwardedFor: string, peer: string, trustedProxies: number): string {
  const seen = forwardedFor.split(',').map((entry) => entry.trim());
  const chain = [...seen.filter((entry) => entry !== ''), peer];
  return chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? peer;
}

/** The address of a request's client; true once `watchHttpDoor` runs, which leaves nothing else in the header. */
export const clientAddressOf = (headers: Headers): string => headers.get('x-forwarded-for') ?? 'unknown';
