import { createHash } from 'node:crypto';
import { MailError } from '../errors.ts';
import { readHead } from './head.ts';
import type { KnownServer } from './known-servers.ts';
import type { Listed, Wire } from './wire.ts';

/** A server may name any number of messages: not all of their headers may be asked for in one breath. */
const atOnce = 1_000;

/**
 * Gives each message of this session a name that is the same in the next one. Normally its unique-id (RFC 1939 §7). Where
 * there is none, or several messages share one (which §7 allows for equal copies), a digest of the header takes part, so
 * that a name never comes to mean another message when one is deleted.
 */
export async function identify(
  wire: Wire,
  server: KnownServer,
  numbers: number[],
  uidls: Listed[],
): Promise<Map<number, string>> {
  const given = new Map(uidls.map(({ number, value }) => [number, storable(value)]));
  const uses = new Map<string, number>();
  for (const uidl of given.values()) uses.set(uidl, (uses.get(uidl) ?? 0) + 1);

  const nameOf = async (number: number) => {
    const uidl = given.get(number);
    if (uidl !== undefined && uses.get(uidl) === 1) return uidl;
    const digest = await readDigest(wire, server, number);
    return digest === null ? null : `${uidl ?? ''} ${digest}`;
  };
  // The first by itself: should there be no TOP, that is found out once and not for every message.
  const names = [];
  for (let at = 0; at < numbers.length; at = at === 0 ? 1 : at + atOnce) {
    const some = numbers.slice(at, at === 0 ? 1 : at + atOnce);
    names.push(...(await Promise.all(some.map(nameOf))));
  }

  const named = new Map<number, string>();
  const copies = new Map<string, number>();
  for (const [index, number] of numbers.entries()) {
    const name = names[index];
    if (name == null) continue;
    const copy = (copies.get(name) ?? 0) + 1;
    copies.set(name, copy);
    named.set(number, copy === 1 ? name : `${name} ${copy}`);
  }
  return named;
}

/** Null: the server refuses this one message, so it cannot be told from others and is left out. */
async function readDigest(wire: Wire, server: KnownServer, number: number): Promise<string | null> {
  try {
    return digestOf((await readHead(wire, server, number, 0)).bytes);
  } catch (error) {
    if (error instanceof MailError && error.code === 'notFound') return null;
    throw error;
  }
}

/** RFC 1939 §7: 1 to 70 visible characters. Anything else is digested; the space in front is in no real unique-id. */
function storable(uidl: string): string {
  return /^[\x21-\x7e]{1,200}$/.test(uidl) ? uidl : ` ${sha256(Buffer.from(uidl, 'utf8'))}`;
}

/** Fields that servers change as mail is read. */
const volatile = /^(status|x-status|x-uidl?|x-keywords|x-mozilla-[\w-]+|content-length|lines)[ \t]*:/i;

/** What tells a message by its header, whatever servers write into it later. */
export function digestOf(head: Buffer): string {
  const end = head.indexOf('\r\n\r\n');
  const fields = (end < 0 ? head : head.subarray(0, end)).toString('latin1').split(/\r\n(?![ \t])/);
  return sha256(Buffer.from(fields.filter((field) => !volatile.test(field)).join('\r\n'), 'latin1'));
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64url').slice(0, 32);
