'use client';

import { Ellipsis, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { BodyFrame } from '@/components/parts/body-frame';
import { Button } from '@/components/ui/button';
import { MoreWords } from '@/components/ui/more-words';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import type { Quote } from '@/lib/client/compose/written';
import { partUrl } from '@/lib/client/reader/message-urls';
import trust from '@/messages/trust.en.json';

/** What is answered or passed on: folded, shown in a frame as every mail is, and left out if the person wishes. */
export function QuoteView({ store, quote }: { store: ComposerStore; quote: Quote }) {
  const t = useTranslations('compose');
  const reader = useTranslations('reader');
  const [isShown, setShown] = useState(false);
  const words = useMemo(
    () => ({ quote: reader('showQuote'), leadsTo: (host: string) => reader('leadsTo', { host }) }),
    [reader],
  );
  const nothing = useMemo(() => () => undefined, []);
  // The same as long as it is shown: each saved draft moves the parts, and the pictures are here by then.
  const cidUrl = useMemo(() => {
    const { accountId, files } = store.written.get();
    return (cid: string) => {
      const source = files.find((file) => file.cid === cid)?.source;
      return source?.kind === 'part' ? partUrl(accountId, source.messageId, source.partId, true) : null;
    };
  }, [store]);
  return (
    <section aria-label={t('quoted')} className="px-4 pb-3">
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-expanded={isShown}
          aria-label={t(isShown ? 'hideQuote' : 'showQuote')}
          data-tip={t(isShown ? 'hideQuote' : 'showQuote')}
          onClick={() => setShown(!isShown)}
          className="grid h-5 w-9 place-items-center rounded-full bg-press text-ink-2 hover:text-ink touch:h-9 touch:w-12"
        >
          <Ellipsis size={16} />
        </button>
        {isShown && (
          <Button size="small" look="quiet" onClick={() => store.change({ quote: null })}>
            <X size={14} /> {t('removeQuote')}
          </Button>
        )}
      </div>
      {isShown && (
        <MoreWords words={trust}>
          <div className="mt-2">
            <BodyFrame
              partId="quote"
              html={quote.html}
              title={t('quoted')}
              words={words}
              cidUrl={cidUrl}
              onShown={nothing}
              onFault={nothing}
            />
          </div>
        </MoreWords>
      )}
    </section>
  );
}
