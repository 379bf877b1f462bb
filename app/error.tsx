'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

export default function ErrorPage({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('errors');
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <Notice title={t('pageTitle')} text={t('pageText')}>
        <Button look="primary" onClick={reset}>
          {t('reload')}
        </Button>
      </Notice>
    </main>
  );
}
