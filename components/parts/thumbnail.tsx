import { type ReactNode, useEffect, useRef, useState } from 'react';
import { drawThumbnail } from '@/lib/client/reader/draw-thumbnail';

const side = 56;

/** A picture drawn small once it comes into sight; `children` stand until then, and where it cannot be drawn. */
export function Thumbnail({ url, children }: { url: string; children: ReactNode }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    const stop = new AbortController();
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      // Decoration: why a picture does not show is told when it is opened.
      drawThumbnail(target, url, stop.signal).then(
        () => setDrawn(!stop.signal.aborted),
        () => setDrawn(false),
      );
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
      stop.abort();
    };
  }, [url]);
  return (
    <span
      aria-hidden="true"
      className="relative grid size-14 shrink-0 place-items-center border-line border-e bg-press"
    >
      {!isDrawn && children}
      <canvas
        ref={canvas}
        width={side * 2}
        height={side * 2}
        className={`absolute inset-0 size-full transition-opacity ${isDrawn ? '' : 'opacity-0'}`}
      />
    </span>
  );
}
