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
  /** Nothing is searched for yet: it lies over what is below, so that the rows do not move when it comes and goes. */
  isFloating: boolean;
  onChange: (scope: SearchedIn) => void;
}

/** Where a search looks, below its field. */
export function SearchScope({ scope, hasAccounts, isFloating, onChange }: SearchScopeProps) {
  const t = useTranslations('search');
  const choice = (
    <Segmented
      className="mt-2 w-full"
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
  if (!isFloating) return choice;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus in the field, without which this is gone before the click
    <div
      onMouseDown={(event) => event.preventDefault()}
      className="absolute inset-x-0 top-full z-20 -mt-2 border-line border-b bg-surface px-3 pb-2 shadow-float"
    >
      {choice}
    </div>
  );
}
