import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { displayText } from '@/lib/text/bidi';
import { StepHead } from './step-head';
import type { Adding } from './use-adding';

/** Says who would be asked for the servers of a domain, and what they learn by it, before anybody is. */
export function WhereStep({ adding }: { adding: Adding }) {
  const t = useTranslations('accounts.where');
  const { told, address, isBusy } = adding;
  const listed = told?.listed ?? null;
  const sources = told?.sources ?? [];
  const domain = displayText(address.slice(address.lastIndexOf('@') + 1));
  return (
    <>
      <StepHead>{t('unlisted', { domain })}</StepHead>
      {listed !== null && (
        <div className="flex items-center justify-between gap-3 rounded-box border border-line px-3 py-2">
          <p className="min-w-0 text-list">{t('listed', { host: listed.host })}</p>
          <Button size="small" disabled={isBusy} onClick={() => void adding.addListed()}>
            {t('useListed')}
          </Button>
        </div>
      )}
      {sources.length === 0 ? (
        <p className="text-ink-muted text-list">{t('off')}</p>
      ) : (
        <div className="space-y-2">
          <p className="text-list">{t('asks')}</p>
          <ul className="divide-y divide-line rounded-box border border-line">
            {sources.map(({ source, name, learns }) => (
              <li key={name} className="px-3 py-2">
                <p className="text-list">
                  <bdi className="break-words">{source === 'srv' ? t('dns', { domain: name }) : name}</bdi>
                </p>
                <p className="text-ink-muted text-meta">
                  {learns === 'domain' ? t('learnsDomain') : t('learnsAddress', { address: displayText(address) })}
                </p>
              </li>
            ))}
          </ul>
          <p className="text-ink-muted text-meta">{t('order')}</p>
        </div>
      )}
    </>
  );
}
