'use client';

import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useValue } from '@/lib/client/app/value';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import type { Sanitizer } from '@/lib/client/compose/html';
import { ComposeFiles } from './compose-files';
import { ComposeFoot } from './compose-foot';
import { FromField } from './from-field';
import { OtherVersion } from './other-version';
import { PlainEditor } from './plain-editor';
import { QuoteView } from './quote-view';
import { RecipientsField } from './recipients-field';
import { RichEditor } from './rich-editor';
import { useTakeFiles } from './take-files';
import type { Sending } from './use-sending';

interface ComposeFormProps {
  store: ComposerStore;
  sanitize: Sanitizer;
  sending: Sending;
}

const lineLook = 'flex items-center gap-2 border-line border-b px-4 touch:min-h-12';
const moreLook =
  'rounded-inner px-2 py-1 text-ink-2 text-list hover:bg-hover hover:text-ink touch:min-h-11 touch:min-w-11';

/** To whom, about what, the text, what goes along; and below what can be done with it. */
export function ComposeForm({ store, sanitize, sending }: ComposeFormProps) {
  const t = useTranslations('compose');
  const id = useId();
  const written = useValue(store.written);
  const [wantsCc, setCc] = useState(written.cc.length > 0);
  const [wantsBcc, setBcc] = useState(written.bcc.length > 0);
  // Another identity may bring a blind copy: nobody is written to unseen.
  const hasCc = wantsCc || written.cc.length > 0;
  const hasBcc = wantsBcc || written.bcc.length > 0;
  const files = useTakeFiles(store);
  const isNew = written.to.length === 0;
  return (
    <div {...files.dropProps} className="relative flex min-h-0 flex-1 flex-col">
      <OtherVersion store={store} sending={sending} />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain">
        <FromField store={store} sanitize={sanitize} />
        <RecipientsField
          label={t('to')}
          people={written.to}
          hasFocus={isNew}
          onChange={(to) => store.change({ to })}
          end={
            <>
              {!hasCc && (
                <button type="button" className={moreLook} onClick={() => setCc(true)}>
                  {t('addCc')}
                </button>
              )}
              {!hasBcc && (
                <button type="button" className={moreLook} onClick={() => setBcc(true)}>
                  {t('addBcc')}
                </button>
              )}
            </>
          }
        />
        {hasCc && (
          <RecipientsField
            label={t('cc')}
            people={written.cc}
            hasFocus={written.cc.length === 0}
            onChange={(cc) => store.change({ cc })}
          />
        )}
        {hasBcc && (
          <RecipientsField
            label={t('bcc')}
            people={written.bcc}
            hasFocus={written.bcc.length === 0}
            onChange={(bcc) => store.change({ bcc })}
          />
        )}
        <div className={lineLook}>
          <label htmlFor={id} className="shrink-0 text-ink-muted text-list">
            {t('subject')}
          </label>
          <input
            id={id}
            dir="auto"
            value={written.subject}
            maxLength={2_000}
            onChange={(event) => store.change({ subject: event.target.value.replace(/\p{Cc}/gu, ' ') })}
            className="h-10 min-w-0 flex-1 bg-transparent text-base outline-none touch:text-title"
          />
        </div>
        {written.isPlain ? (
          <PlainEditor store={store} hasFocus={!isNew} />
        ) : (
          <RichEditor store={store} sanitize={sanitize} hasFocus={!isNew} onFiles={files.take} />
        )}
        {written.quote !== null && <QuoteView store={store} quote={written.quote} />}
        <ComposeFiles store={store} />
      </div>
      <ComposeFoot store={store} sending={sending} onPick={files.pick} />
      {files.isOver && (
        <div className="pointer-events-none absolute inset-2 z-10 grid place-items-center rounded-box border-2 border-accent border-dashed bg-surface/90 font-semibold">
          {t('drop')}
        </div>
      )}
    </div>
  );
}
