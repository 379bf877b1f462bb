/** What the server says it can do before sign-in (RFC 2449 §6); empty where it does not know CAPA. */
export interface ServerCapabilities {
  /** False: the server gave no list, so an absent word means nothing. */
  isKnown: boolean;
  words: ReadonlySet<string>;
  /** SASL mechanisms, upper case. */
  sasl: readonly string[];
  /** The least time between sign-ins (RFC 2449 §6.5). */
  loginDelayMs: number | null;
  /** After how many days the server itself deletes mail (RFC 2449 §6.7); 0: as soon as it was read. Null: never, or it does not say. */
  expireDays: number | null;
  /** Either is another for each user, and told exactly once signed in. */
  variesByUser: boolean;
}

export const unknownCapabilities: ServerCapabilities = {
  isKnown: false,
  words: new Set(),
  sasl: [],
  loginDelayMs: null,
  expireDays: null,
  variesByUser: false,
};

/** So much of CAPA's answer is read: more than any server has to say. */
export const capabilityBytes = 16 * 1024;
const mostWords = 100;

/** Parses the lines of CAPA's answer. Words that are none (RFC 2449 §3: up to 506 visible characters a line) are left out. */
export function parseCapabilities(bytes: Buffer): ServerCapabilities {
  const lines = bytes
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.trim().toUpperCase().split(/\s+/))
    .filter(([word]) => /^[\x21-\x7e]{1,64}$/.test(word ?? ''))
    .slice(0, mostWords);
  const argumentsOf = (name: string) => lines.find(([word]) => word === name)?.slice(1) ?? [];
  const delay = Number(argumentsOf('LOGIN-DELAY')[0]);
  const expire = argumentsOf('EXPIRE')[0] ?? '';
  return {
    isKnown: true,
    words: new Set(lines.map(([word]) => word ?? '')),
    sasl: argumentsOf('SASL'),
    loginDelayMs: Number.isInteger(delay) && delay > 0 ? Math.min(delay, 86_400) * 1000 : null,
    expireDays: /^\d{1,6}$/.test(expire) ? Number(expire) : null,
    variesByUser: ['LOGIN-DELAY', 'EXPIRE'].some((name) => argumentsOf(name)[1] === 'USER'),
  };
}
