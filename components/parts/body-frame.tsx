'use client';

import { useEffect, useRef, useState } from 'react';
import type { FrameWords } from '@/lib/client/reader/frame-document';
import { isFrameReady, type Shown, showInFrame } from '@/lib/client/reader/show-in-frame';

/** Never `allow-scripts`: with `allow-same-origin` it would undo the frame. Links open in new, ordinary tabs. */
const sandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

export interface BodyFrameProps {
  partId: string;
  /** The HTML of one body part as the mail has it; null keeps the empty frame warm for the next mail. */
  html: string | null;
  title: string;
  words: FrameWords;
  cidUrl: (cid: string) => string | null;
  onShown: (partId: string, body: Shown) => void;
  /** The frame's own document did not come, so nothing is shown in it. */
  onFault: (partId: string) => void;
}

/** One HTML body: sanitised, in a frame without scripts, whose document carries a policy of its own. */
export function BodyFrame({ partId, html, title, words, cidUrl, onShown, onFault }: BodyFrameProps) {
  const ref = useRef<HTMLIFrameElement>(null);
  const [loads, setLoads] = useState(0);
  const [shown, setShown] = useState<string | null>(null);

  // A frame drawn by the server may have loaded before React listened.
  useEffect(() => {
    if (ref.current !== null && isFrameReady(ref.current)) setLoads((count) => Math.max(1, count));
  }, []);

  useEffect(() => {
    const frame = ref.current;
    if (html === null || loads === 0 || frame === null) return;
    const stop = new AbortController();
    showInFrame(frame, html, { cidUrl, words }, stop.signal).then(
      (body) => {
        if (stop.signal.aborted) return;
        onShown(partId, body);
        setShown(html);
      },
      (error: unknown) => {
        console.error('mail body:', error);
        if (!stop.signal.aborted) onFault(partId);
      },
    );
    return () => stop.abort();
  }, [partId, html, loads, cidUrl, words, onShown, onFault]);

  return (
    <iframe
      ref={ref}
      src="/frame"
      sandbox={sandbox}
      title={title}
      referrerPolicy="no-referrer"
      onLoad={(event) => (isFrameReady(event.currentTarget) ? setLoads((count) => count + 1) : onFault(partId))}
      className={`mail-frame block w-full border-0 text-ink caret-accent ${html === null ? 'hidden' : ''} ${shown === html ? '' : 'opacity-0'}`}
    />
  );
}
