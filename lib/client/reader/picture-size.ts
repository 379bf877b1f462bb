/** Width and height in pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** A picture of more is not decoded: a few kilobytes can unpack to gigabytes. */
export const maxPixels = 60_000_000;

/**
 * The size that a PNG, JPEG, GIF or WebP says of itself, read from its bytes without decoding it; null where it says none.
 * (PNG §11.2.1, GIF89a §18, JPEG ISO 10918-1 §B.2.2, WebP RFC 9649 §2.)
 */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(1, 4) === 'PNG' && bytes.length >= 24) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (text(0, 4) === 'GIF8' && bytes.length >= 10)
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP' && bytes.length >= 30) return webpSize(view, text(12, 16));
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(view) : null;
}

/** Whether a picture may be decoded: it says how large it is, and that is not too much. */
export function isDecodable(bytes: Uint8Array): boolean {
  const size = pictureSize(bytes);
  return size !== null && size.width > 0 && size.height > 0 && size.width * size.height <= maxPixels;
}

function webpSize(view: DataView, chunk: string): PictureSize | null {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === 'VP8X') return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 'VP8L') return null;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** From segment to segment until the frame header; what lies in between (a thumbnail, a profile) is stepped over. */
function jpegSize(view: DataView): PictureSize | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xda || marker === 0xd9) return null;
    const isBare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += isBare ? 2 : 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}
