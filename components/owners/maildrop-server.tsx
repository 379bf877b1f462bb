import { useTranslations } from 'use-intl';
import { useAccount } from '@/lib/client/app/hooks';
import type { Maildrop } from '@/lib/contract/maildrop';

/** How the last sign-in to the mail server went, and what the server says that it can do (RFC 2449). */
export function MaildropServer({ server }: { server: Maildrop['server'] }) {
  const t = useTranslations('account');
  const { host } = useAccount();
  if (server === null) return null;
  const { signedInBy, capabilities, expireDays, loginDelayMs } = server;
  return (
    <section>
      <h3 className="font-semibold text-list">{t('server', { host })}</h3>
      <p className="mt-1 text-ink-2 text-list">{t('signedInBy', { method: signedInBy })}</p>
      {expireDays !== null && <p className="mt-1 text-ink-2 text-list">{t('expires', { days: expireDays })}</p>}
      {loginDelayMs !== null && (
        <p className="mt-1 text-ink-2 text-list">{t('loginDelay', { seconds: loginDelayMs / 1_000 })}</p>
      )}
      <ul aria-label={t('capabilities')} className="mt-2 flex flex-wrap gap-1">
        {capabilities.map((word) => (
          <li key={word} className="rounded-inner border border-line px-1.5 font-mono text-ink-muted text-meta">
            {word}
          </li>
        ))}
      </ul>
    </section>
  );
}
