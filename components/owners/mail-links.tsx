'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';

/** Offers to open links to addresses here, in whatever page they stand. The browser asks once more. */
export function MailLinks() {
  const t = useTranslations('choices');
  // Browsers have it on pages by https alone.
  if (!('registerProtocolHandler' in navigator)) return null;
  return (
    <Button
      size="small"
      onClick={() => navigator.registerProtocolHandler('mailto', `${window.location.origin}/mail?mailto=%s`)}
    >
      {t('mailLinksOpen')}
    </Button>
  );
}
