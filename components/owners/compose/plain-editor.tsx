'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useValue } from '@/lib/client/app/value';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { setInserter } from '@/lib/client/compose/insertion';

/** The text without formatting; as high as what is in it. */
export function PlainEditor({ store, hasFocus }: { store: ComposerStore; hasFocus: boolean }) {
  const t = useTranslations('compose');
  const { text } = useValue(store.written);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(
    () =>
      setInserter(store, (inserted) => {
        const { selectionStart: from, selectionEnd: to } = field.current ?? { selectionStart: 0, selectionEnd: 0 };
        const before = store.written.get().text;
        store.change({ text: before.slice(0, from) + inserted + before.slice(to) });
        field.current?.focus();
      }),
    [store],
  );
  useEffect(() => {
    if (!hasFocus) return;
    field.current?.focus();
    field.current?.setSelectionRange(0, 0);
  }, [hasFocus]);
  return (
    <textarea
      ref={field}
      dir="auto"
      aria-label={t('text')}
      value={text}
      onChange={(event) => store.change({ text: event.target.value })}
      className="field-sizing-content block min-h-40 w-full resize-none bg-transparent px-4 py-3 font-mono text-list leading-5 outline-none touch:text-title"
    />
  );
}
