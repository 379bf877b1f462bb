'use client';

import { HardDrive } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { PlaceRow } from '@/components/parts/place-row';
import { SidebarSection } from '@/components/parts/sidebar-section';
import { LabelDot } from '@/components/ui/label-dot';
import { useMail } from '@/lib/client/app/context';
import { useMailboxes, useMailLocation, useSettings } from '@/lib/client/app/hooks';
import { labelQuery } from '@/lib/client/labels/query';
import { formatLocation } from '@/lib/client/location';
import type { Account } from '@/lib/contract/operations';
import { goToSearch, searchPlace } from './commands/use-runner';

interface LabelListProps {
  account: Account;
  isRail: boolean;
  /** This account's mail is on the screen. */
  isShown: boolean;
}

/** The labels that the person has made, below the folders: each is a search in all of them. */
export function LabelList({ account, isRail, isShown }: LabelListProps) {
  const app = useMail();
  const t = useTranslations('labels');
  const sidebar = useTranslations('sidebar');
  const { labels } = useSettings();
  const { query, scope } = useMailLocation();
  const inbox = useMailboxes(account.id).mailboxes?.find(({ role }) => role === 'inbox');
  if (labels.length === 0 || inbox === undefined) return null;
  const change = (keyword?: string) => {
    app.drawer.set(false);
    app.overlay.set({ type: 'labels', ...(keyword === undefined ? {} : { keyword }) });
  };
  return (
    <SidebarSection
      title={t('title')}
      mark={
        account.protocol === 'pop3' && (
          <span role="img" aria-label={sidebar('isLocal')} data-tip={sidebar('isLocal')} className="opacity-60">
            <HardDrive size={13} aria-hidden="true" />
          </span>
        )
      }
      isRail={isRail}
      manage={t('manage')}
      onManage={() => change()}
    >
      {labels.map((label) => (
        <li key={label.keyword}>
          <PlaceRow
            icon={<LabelDot color={label.color} />}
            name={label.name}
            isCurrent={isShown && query === labelQuery(label) && scope === 'account'}
            isRail={isRail}
            href={formatLocation(searchPlace(account.id, inbox.id, labelQuery(label)))}
            onGo={() => goToSearch(app, account.id, inbox.id, labelQuery(label))}
            onMenu={() => change(label.keyword)}
          />
        </li>
      ))}
    </SidebarSection>
  );
}
