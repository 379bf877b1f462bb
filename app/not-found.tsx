import { createTranslator } from 'use-intl/core';
import { Notice } from '@/components/ui/notice';
import messages from '@/messages/en.json';

/** Drawn on the server alone, so that no page carries it. */
export default function NotFoundPage() {
  const t = createTranslator({ locale: 'en', messages, namespace: 'errors' });
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <Notice title={t('notFoundTitle')} text={t('notFoundText')}>
        <a
          href="/mail"
          className="inline-flex h-9 items-center rounded-box bg-accent px-3.5 font-semibold text-accent-ink hover:bg-accent-hover touch:h-11"
        >
          {t('toMail')}
        </a>
      </Notice>
    </main>
  );
}
