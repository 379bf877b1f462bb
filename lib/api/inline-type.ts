import { pictureHeadBytes, pictureType } from '../server/picture-type.ts';

/** How many first bytes decide. */
export const inlineHeadBytes = pictureHeadBytes;

/** What a page may show of the bytes of a part; all else is a download. */
export type InlineType =
  | NonNullable<ReturnType<typeof pictureType>>
  | 'application/pdf'
  | 'audio/mpeg'
  | 'audio/aac'
  | 'audio/flac'
  | 'audio/wav'
  | 'audio/mp4'
  | 'application/ogg'
  | 'video/mp4'
  | 'video/webm';

/**
 * The type of a picture, a PDF, a sound or a film, told from its first bytes and from nothing else; null for all other
 * data. None of them is ever read as markup or script, whatever follows those bytes.
 */
export function inlineType(head: Uint8Array): InlineType | null {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') return 'audio/wav';
  if (text.slice(4, 8) === 'ftyp') return filmType(text.slice(8, 12));
  return (
    pictureType(head) ?? beginnings.find(([starts]) => starts.some((start) => text.startsWith(start)))?.[1] ?? null
  );
}

const beginnings: [string[], InlineType][] = [
  [['%PDF-1.', '%PDF-2.'], 'application/pdf'],
  // An ID3v2 tag, or the sync word of a frame of layer III (ISO 11172-3); ADTS has layer 0 (ISO 13818-7).
  [['ID3\x02', 'ID3\x03', 'ID3\x04'], 'audio/mpeg'],
  [['\xff\xe2', '\xff\xe3', '\xff\xf2', '\xff\xf3', '\xff\xfa', '\xff\xfb'], 'audio/mpeg'],
  [['\xff\xf0', '\xff\xf1', '\xff\xf8', '\xff\xf9'], 'audio/aac'],
  [['fLaC'], 'audio/flac'],
  [['OggS'], 'application/ogg'],
  [['\x1a\x45\xdf\xa3'], 'video/webm'],
];

/** By the major brand (ISO 14496-12 §4.3): pictures such as HEIC and AVIF are in the same kind of file. */
function filmType(brand: string): InlineType | null {
  if (brand === 'M4A ' || brand === 'M4B ') return 'audio/mp4';
  return /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V |qt {2}|dash|3gp.|MSNV)$/.test(brand) ? 'video/mp4' : null;
}
