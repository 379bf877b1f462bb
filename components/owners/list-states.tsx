'use client';

import { useTranslations } from 'use-intl';
import { FolderIcon } from '@/components/parts/folder-row';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useIsUnited, useMailbox, useMailLocation, useSession } from '@/lib/client/app/hooks';
import type { SearchStore } from '@/lib/client/search/search-store';
import { leaveSearch, searchIn } from './search-place';
import { sentenceOf } from './sentence-of';

/** The list could not be read at all: why, the server's words, and again. */
export function FailedList({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const t = useTranslations('common');
  const words = useTranslations('actions');
  const { title, advice } = sentenceOf(words, error.code);
  const quote = error.serverText === undefined ? {} : { quote: words('serverSays', { text: error.serverText }) };
  return (
    <div role="alert" className="flex-1 overflow-y-auto">
      <Notice title={title} text={advice} {...quote}>
        <Button look="primary" onClick={onRetry}>
          {t('retry')}
        </Button>
      </Notice>
    </div>
  );
}

/** Some rows could not be read; what is here stays. */
export function RowsFailed({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const t = useTranslations('common');
  const list = useTranslations('list');
  const words = useTranslations('actions');
  return (
    <div role="alert" className="flex items-center gap-3 border-line border-t bg-danger-wash px-4 py-2 text-list">
      <p className="min-w-0 flex-1">
        {list('moreFailed')} {sentenceOf(words, error.code).title}
      </p>
      <Button size="small" onClick={onRetry}>
        {t('retry')}
      </Button>
    </div>
  );
}

const taught = ['inbox', 'trash', 'junk', 'archive', 'sent', 'drafts'] as const;
const titles = {
  inbox: 'emptyInbox',
  trash: 'emptyTrash',
  junk: 'emptyJunk',
  archive: 'emptyArchive',
  sent: 'emptySent',
  drafts: 'emptyDrafts',
} as const;

/** Nothing here: what would be, and the key that acts. */
export function EmptyList({ search }: { search: SearchStore | null }) {
  const app = useMail();
  const t = useTranslations('list');
  const mailbox = useMailbox();
  const { filter } = useMailLocation();
  if (search !== null) return <NothingFound />;
  if (filter !== null) {
    return (
      <Notice title={t('emptyFilterTitle')} text={t('emptyFilterText')}>
        <Button onClick={() => app.navigation.go({ filter: null })}>{t('showAll')}</Button>
      </Notice>
    );
  }
  const role = taught.find((known) => known === mailbox?.role);
  const key = role === undefined ? 'empty' : titles[role];
  return (
    <Notice
      title={t(`${key}Title`)}
      text={t(`${key}Text`)}
      {...(role === 'inbox' ? {} : { icon: <FolderIcon role={mailbox?.role ?? null} size={36} /> })}
    />
  );
}

function NothingFound() {
  const app = useMail();
  const t = useTranslations('search');
  const { scope } = useMailLocation();
  const isUnited = useIsUnited();
  const { accounts } = useSession();
  const isHere = scope === 'mailbox';
  return (
    <Notice title={t('noneTitle')} text={t(isUnited ? 'noneAccounts' : isHere ? 'noneHere' : 'noneEverywhere')}>
      {isHere && (
        <Button look="primary" onClick={() => app.navigation.go({ scope: 'account' })}>
          {t('tryEverywhere')}
        </Button>
      )}
      {!isUnited && accounts.length > 1 && (
        <Button look={isHere ? 'plain' : 'primary'} onClick={() => searchIn(app, 'accounts', '')}>
          {t('tryAccounts')}
        </Button>
      )}
      <Button onClick={() => leaveSearch(app)}>{t('clear')}</Button>
    </Notice>
  );
}
