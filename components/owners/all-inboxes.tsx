'use client';

import { Ellipsis } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { PlaceRow } from '@/components/parts/place-row';
import { IconButton } from '@/components/ui/icon-button';
import { useMenuButton } from '@/components/ui/menu';
import { useMail } from '@/lib/client/app/context';
import { useInboxCounts, useIsUnited, useMailboxes, useMailLocation, useSession } from '@/lib/client/app/hooks';
import { formatLocation } from '@/lib/client/location';
import { allAccounts, allInboxes } from '@/lib/client/united/united-id';
import { menuOf } from './account-line';
import { goToMailbox, type Runner, searchPlace } from './commands/use-runner';

/** Above the accounts, where there are several: the Inboxes of all in one list. Shown, it has the menu of the person. */
export function AllInboxes({ run, isRail }: { run: Runner; isRail: boolean }) {
  const app = useMail();
  const t = useTranslations('sidebar');
  const { accounts } = useSession();
  const { query } = useMailLocation();
  const isUnited = useIsUnited();
  const count = useInboxCounts(true).unreadMessages;
  useEffect(() => {
    // What acting on several accounts takes is here without the network too; what fails is fetched again when it is needed.
    void Promise.allSettled([import('./commands/join-reports'), import('@/lib/client/actions/transfer')]);
  }, []);
  const menu = useMenuButton(t('account'), () => menuOf(run, t));
  return (
    <div className="mb-4 flex items-center">
      <div className="min-w-0 flex-1">
        <PlaceRow
          role_="inbox"
          name={t('allInboxes')}
          isCurrent={isUnited && query === ''}
          isRail={isRail}
          count={{ number: count, label: t('unread', { count: count ?? 0 }) }}
          href={formatLocation(searchPlace(allAccounts, allInboxes, ''))}
          onGo={() => goToMailbox(app, allAccounts, allInboxes)}
        />
      </div>
      {isUnited && !isRail && <IconButton size="small" {...menu} icon={<Ellipsis size={16} />} />}
      {accounts.map(({ id }) => (
        <Counted key={id} accountId={id} />
      ))}
    </div>
  );
}

/** Has the folders of an account counted, also while they are folded away. */
function Counted({ accountId }: { accountId: string }) {
  useMailboxes(accountId);
  return null;
}
