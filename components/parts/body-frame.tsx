'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import type { FrameWords } from '@/lib/client/reader/frame-document';
import type { LyingLink } from '@/lib/client/reader/frame-events';
import { useReading } from '@/lib/client/reader/reading';
import { isFrameReady, type Shown, showInFrame } from '@/lib/client/reader/show-in-frame';
import { displayText } from '@/lib/text/bidi';
import { DarkSwitch } from './dark-switch';

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
  const { textSize } = useReading();
  const askOfLie = useAskOfLie();

  // A frame drawn by the server may have loaded before React listened.
  useEffect(() => {
    if (ref.current !== null && isFrameReady(ref.current)) setLoads((count) => Math.max(1, count));
  }, []);

  useEffect(() => {
    const frame = ref.current;
    if (html === null || loads === 0 || frame === null) return;
    const stop = new AbortController();
    showInFrame(frame, html, { cidUrl, words, scale: textSize / 100, onLyingLink: askOfLie }, stop.signal).then(
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
  }, [partId, html, loads, cidUrl, words, textSize, askOfLie, onShown, onFault]);

  return (
    <div className={html === null ? 'hidden' : undefined}>
      {html !== null && shown === html && <DarkSwitch key={partId} frame={ref} />}
      <iframe
        ref={ref}
        src="/frame"
        sandbox={sandbox}
        title={title}
        referrerPolicy="no-referrer"
        onLoad={(event) => (isFrameReady(event.currentTarget) ? setLoads((count) => count + 1) : onFault(partId))}
        className={`mail-frame block w-full border-0 text-ink caret-accent ${shown === html ? '' : 'opacity-0'}`}
      />
    </div>
  );
}

/** A link that names one site and leads to another is followed only when the person has read where to. */
function useAskOfLie(): (link: LyingLink) => void {
  const t = useTranslations('trust');
  return useCallback(
    async ({ text, host, href }) => {
      const names = { text: displayText(text).slice(0, 200), host };
      const isMeant = await ask({
        title: t('lieTitle'),
        text: t('lieText', names),
        confirm: t('lieConfirm', names),
        isDestructive: true,
      });
      if (isMeant) window.open(href, '_blank', 'noopener,noreferrer');
    },
    [t],
  );
}
