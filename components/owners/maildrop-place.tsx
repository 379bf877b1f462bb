import { useLocale, useTranslations } from 'use-intl';
import { useAccount } from '@/lib/client/app/hooks';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Maildrop } from '@/lib/contract/maildrop';

/** In one sentence: where the mail is, and how much of it. */
export function MaildropPlace({ maildrop: { onServer, here, onlyHere, awaitingRemoval } }: { maildrop: Maildrop }) {
  const t = useTranslations('account');
  const locale = regionalLocale(useLocale());
  const { host, username } = useAccount();
  return (
    <section>
      <p className="font-semibold text-list text-ink-muted">{username}</p>
      <p className="mt-1 text-read">
        {t('place', {
          host,
          onServer: onServer.messages,
          onServerSize: formatSize(onServer.sizeBytes, locale),
          here: here.messages,
          hereSize: formatSize(here.sizeBytes, locale),
        })}
        {onlyHere > 0 && ` ${t('onlyHere', { count: onlyHere })}`}
      </p>
      {awaitingRemoval > 0 && (
        <p className="mt-1 text-ink-2 text-list">{t('awaitingRemoval', { count: awaitingRemoval })}</p>
      )}
    </section>
  );
}
