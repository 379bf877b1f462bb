'use client';

import { useTranslations } from 'use-intl';
import { Segmented } from '@/components/ui/segmented';
import type { MailLocation } from '@/lib/client/location';

/** One folder, all folders of an account, or all accounts. */
export type SearchedIn = MailLocation['scope'] | 'accounts';

interface SearchScopeProps {
  scope: SearchedIn;
  /** The person has several accounts. */
  hasAccounts: boolean;
  className: string;
  onChange: (scope: SearchedIn) => void;
}

/** Where a search looks, below its field. */
export function SearchScope({ scope, hasAccounts, className, onChange }: SearchScopeProps) {
  const t = useTranslations('search');
  return (
    <Segmented
      className={className}
      label={t('scope')}
      value={scope}
      options={[
        ...(hasAccounts ? [{ value: 'accounts' as const, label: t('accounts') }] : []),
        { value: 'account', label: t('everywhere') },
        { value: 'mailbox', label: t('here') },
      ]}
      onChange={onChange}
    />
  );
}
