import type { Protection, TextBody } from '../model.ts';
import type { MimePart } from './content.ts';

/**
 * How a message came protected: S/MIME (RFC 8551 §3), PGP/MIME (RFC 3156) or PGP in its text. Told by its structure and the
 * first lines of its text alone; encrypted counts before signed.
 */
export function protectionOf(root: MimePart, textBody: readonly TextBody[]): Protection | null {
  const found = [...walk(root)].flatMap((part) => ofPart(part) ?? []);
  return found.find(({ kind }) => kind === 'encrypted') ?? found[0] ?? ofText(textBody);
}

function* walk(part: MimePart): Generator<MimePart> {
  yield part;
  for (const child of part.subParts) yield* walk(child);
}

function ofPart(part: MimePart): Protection | null {
  if (part.subParts.some(({ type }) => type === 'application/pgp-encrypted')) {
    // Exchange makes a multipart/mixed of a multipart/encrypted.
    const sealed = part.subParts.find(({ type }) => type === 'application/octet-stream');
    return { kind: 'encrypted', by: 'pgp', sealedPartId: sealed?.partId ?? null };
  }
  if (part.type === 'multipart/signed') {
    const isPgp = part.subParts.some(({ type }) => type === 'application/pgp-signature');
    return { kind: 'signed', by: isPgp ? 'pgp' : 'smime', sealedPartId: null };
  }
  if (!isSealed(part)) return null;
  return {
    kind: part.smimeType === 'signed-data' ? 'signed' : 'encrypted',
    by: 'smime',
    sealedPartId: part.partId,
  };
}

/** The text itself is in it, signed or encrypted (RFC 8551 §3.2). */
const isSealed = ({ type, name, smimeType }: MimePart): boolean =>
  (/^application\/(x-)?pkcs7-mime$/.test(type) && smimeType !== 'certs-only') ||
  (type === 'application/octet-stream' && /^smime\.p7m$/i.test(name ?? ''));

/** The armour stands at or near the beginning of a text (RFC 9580 §6.2, §7). */
function ofText(textBody: readonly TextBody[]): Protection | null {
  for (const { partId, text } of textBody) {
    const armour = /^-----BEGIN PGP (SIGNED )?MESSAGE-----[ \t]*$/m.exec(text.slice(0, 2_000));
    if (armour?.[1] !== undefined) return { kind: 'signed', by: 'pgp', sealedPartId: null };
    if (armour) return { kind: 'encrypted', by: 'pgp', sealedPartId: partId };
  }
  return null;
}
