import { fetchPicture } from './fetch-part.ts';
import { pictureSize } from './picture-size.ts';

/** A picture larger than this is not fetched just to be drawn small. */
export const maxThumbnailBytes = 3_000_000;

/** Fetches a picture and draws the square in its middle, small, on a square canvas. Throws as `fetchPicture`. */
export async function drawThumbnail(canvas: HTMLCanvasElement, url: string, signal: AbortSignal): Promise<void> {
  const blob = await fetchPicture(url, { signal, maxBytes: maxThumbnailBytes });
  const size = pictureSize(new Uint8Array(await blob.arrayBuffer()));
  if (size === null || signal.aborted) return;
  // The middle square is the same whichever way a camera held the picture (EXIF), and no side grows without bound.
  const side = Math.min(size.width, size.height);
  const [x, y] = [Math.floor((size.width - side) / 2), Math.floor((size.height - side) / 2)];
  const small = { resizeWidth: canvas.width, resizeHeight: canvas.height, resizeQuality: 'high' } as const;
  const bitmap = await createImageBitmap(blob, x, y, side, side, small);
  if (!signal.aborted) canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
}
