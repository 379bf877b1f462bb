import { Moon, Sun } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { darken } from '@/lib/client/reader/darken';
import { useReading } from '@/lib/client/reader/reading';

/** Darkens the mail below it, or shows it as it was sent; in the dark theme, and for a mail that can bear it. */
export function DarkSwitch({ frame }: { frame: RefObject<HTMLIFrameElement | null> }) {
  const t = useTranslations('reader');
  const reading = useReading();
  const [isDarkened, setDarkened] = useState(reading.isDarkened);
  const [canBear, setCanBear] = useState(false);
  useEffect(() => {
    const target = frame.current;
    const isLight = target?.dataset.light !== undefined;
    setCanBear(isLight);
    return target !== null && isLight && isDarkened ? darken(target) : undefined;
  }, [frame, isDarkened]);
  if (!canBear) return null;
  return (
    <div className="in-dark-theme mb-1.5 justify-end">
      <button
        type="button"
        aria-pressed={isDarkened}
        onClick={() => setDarkened(!isDarkened)}
        className="inline-flex h-7 items-center gap-1.5 rounded-inner px-2 text-ink-muted text-meta hover:bg-hover hover:text-ink-2 touch:h-11"
      >
        {isDarkened ? <Sun size={14} aria-hidden="true" /> : <Moon size={14} aria-hidden="true" />}
        {t(isDarkened ? 'asSent' : 'darken')}
      </button>
    </div>
  );
}
