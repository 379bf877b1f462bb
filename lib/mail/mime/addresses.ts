import addressparser from 'nodemailer/lib/addressparser';
import type { EmailAddress } from '../model.ts';
import { cutBetweenLetters, decodeHeader, decodeRaw } from './encoded-word.ts';

/** Addresses of a header field, at most 500; `isTruncated` when it held more. */
export interface AddressList {
  addresses: EmailAddress[];
  isTruncated: boolean;
}

const maxAddresses = 500;
const maxFieldLength = 64 * 1024;

/**
 * Parses an address list (RFC 5322 §3.4) with groups flattened: a group without members is one entry with its name and
 * an empty `email`. Names are decoded after the list is split, so an encoded comma divides nothing. Never throws.
 */
export function parseAddresses(raw: string | Buffer): AddressList {
  const isCut = raw.length > maxFieldLength;
  const entries = addressparser(decodeRaw(isCut ? cutBetweenLetters(raw, maxFieldLength) : raw));
  const flat = entries.flatMap(flatten);
  // A name alone, such as an encoded word that reads like an address, never stands before a real address.
  const addresses = [...flat.filter(({ email }) => email !== ''), ...flat.filter(({ email }) => email === '')];
  return {
    addresses: addresses.slice(0, maxAddresses),
    isTruncated: addresses.length > maxAddresses || isCut,
  };
}

type Entry = ReturnType<typeof addressparser>[number];

function flatten(entry: Entry): EmailAddress[] {
  const name = decodeHeader(entry.name ?? '') || null;
  if (entry.group && entry.group.length > 0) return entry.group.flatMap(flatten);
  const email = decodeHeader(entry.address ?? '');
  return name === null && email === '' ? [] : [{ name, email }];
}
