'use client';

import { Ellipsis, HardDrive } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { FolderRow } from '@/components/parts/folder-row';
import { IconButton } from '@/components/ui/icon-button';
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
    <section aria-label={t('title')} className={isRail ? 'mt-2 border-line border-t pt-2' : 'mt-3'}>
      {!isRail && (
        <div className="flex h-8 items-center gap-1.5 ps-2.5 font-semibold text-ink-muted text-meta touch:h-11">
          <span className="min-w-0 truncate">{t('title')}</span>
          {account.protocol === 'pop3' && (
            <span role="img" aria-label={sidebar('isLocal')} data-tip={sidebar('isLocal')} className="opacity-60">
              <HardDrive size={13} aria-hidden="true" />
            </span>
          )}
          <IconButton
            size="small"
            label={t('manage')}
            icon={<Ellipsis size={16} />}
            className="ms-auto"
            onClick={() => change()}
          />
        </div>
      )}
      <ul>
        {labels.map((label) => (
          <li key={label.keyword}>
            <FolderRow
              role_={null}
              icon={<LabelDot color={label.color} />}
              name={label.name}
              depth={0}
              isCurrent={isShown && query === labelQuery(label) && scope === 'account'}
              isRail={isRail}
              count={null}
              isTarget={false}
              isOpen={null}
              onToggle={() => undefined}
              toggleLabel=""
              countLabel=""
              draggable={false}
              href={formatLocation(searchPlace(account.id, inbox.id, labelQuery(label)))}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                goToSearch(app, account.id, inbox.id, labelQuery(label));
              }}
              onContextMenu={(event) => {
                event.preventDefault();
                change(label.keyword);
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
