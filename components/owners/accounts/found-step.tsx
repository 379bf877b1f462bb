import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Segmented } from '@/components/ui/segmented';
import type { MailServer } from '@/lib/contract/mail-servers';
import { displayText } from '@/lib/text/bidi';
import { StepHead } from './step-head';
import type { Adding } from './use-adding';

/** What was found for an address and by whom; the password goes there once the person says so. */
export function FoundStep({ adding }: { adding: Adding }) {
  const t = useTranslations('accounts.found');
  const words = useTranslations('accounts');
  const { told, choice, address } = adding;
  if (told === null || choice === null) return null;
  const { choices } = told;
  const { source, username, incoming, smtp, foreignHosts } = choice;
  const domain = displayText(address.slice(address.lastIndexOf('@') + 1));
  const serverText = ({ host, port, security }: MailServer) => t('server', { host, port: String(port), security });
  const rows = [
    { name: words(choice.protocol === 'imap' ? 'readImap' : 'readPop3'), value: serverText(incoming) },
    { name: words('sending'), value: smtp === null ? t('noSmtp') : serverText(smtp) },
    { name: words('login'), value: displayText(username) },
    { name: t('by'), value: t(`sources.${source}`, { domain }) },
  ];
  return (
    <>
      <StepHead>{t('text', { domain })}</StepHead>
      {choices.length > 1 && (
        <Segmented
          label={words('protocol')}
          value={choice.protocol}
          options={choices.map(({ protocol }) => ({ value: protocol, label: protocol.toUpperCase() }))}
          onChange={(wanted) => adding.setChoice(choices.find(({ protocol }) => protocol === wanted) ?? choice)}
          className="flex w-full"
        />
      )}
      <dl className="divide-y divide-line rounded-box border border-line">
        {rows.map(({ name, value }) => (
          <div key={name} className="grid grid-cols-[6.5rem_1fr] gap-x-3 px-3 py-2">
            <dt className="text-ink-muted text-list">{name}</dt>
            <dd className="min-w-0 break-words text-list">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {foreignHosts.length > 0 && (
        <p className="flex gap-2.5 rounded-box bg-brass-wash px-3 py-2.5 text-list">
          <TriangleAlert size={16} className="mt-0.5 shrink-0 text-brass" aria-hidden="true" />
          <span className="min-w-0">
            {t('foreign', { hosts: foreignHosts.join(', '), domain })} {source === 'srv' ? t('forged') : ''}
          </span>
        </p>
      )}
      <p className="text-ink-muted text-meta">{words('sentThere')}</p>
    </>
  );
}
