/** Bytes kept from what passes, up to a bound; the rest is counted as cut. */
export interface HeldBytes {
  readonly length: number;
  readonly isCut: boolean;
  /** Takes a copy of as many of `bytes` as there is room for, and gives how many that was. */
  add(bytes: Buffer, room: number): number;
  bytes(): Buffer;
}

const smallest = 512;

/** One buffer that doubles: a thousand short lines cost their bytes, not a thousand buffers. Small ones come from Node's pool. */
export function createHeldBytes(): HeldBytes {
  let buffer = Buffer.alloc(0);
  let length = 0;
  let isCut = false;
  return {
    get length() {
      return length;
    },
    get isCut() {
      return isCut;
    },
    add(bytes, room) {
      const taken = Math.max(0, Math.min(bytes.length, room));
      if (taken < bytes.length) isCut = true;
      if (length + taken > buffer.length) {
        const grown = Buffer.allocUnsafe(Math.max(2 * buffer.length, length + taken, smallest));
        buffer.copy(grown, 0, 0, length);
        buffer = grown;
      }
      bytes.copy(buffer, length, 0, taken);
      length += taken;
      return taken;
    },
    bytes: () => buffer.subarray(0, length),
  };
}
