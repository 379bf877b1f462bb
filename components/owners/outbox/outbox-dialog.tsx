'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { MoreWords } from '@/components/ui/more-words';
import { Spinner } from '@/components/ui/spinner';
import { asApiError } from '@/lib/client/api-error';
import { useSubmissions } from '@/lib/client/app/submissions-query';
import { sentences } from '@/lib/contract/sentences';
import composeWords from '@/messages/compose.en.json';
import words from '@/messages/outbox.en.json';
import { Empty } from '../people/empty';
import { OutboxRow } from './outbox-row';

interface OutboxDialogProps {
  accountId: string;
  onClose: () => void;
}

/** What waits to be sent, with what can be done about it. */
export const OutboxDialog = (props: OutboxDialogProps) => (
  <MoreWords words={{ ...composeWords, ...words }}>
    <Outbox {...props} />
  </MoreWords>
);

function Outbox({ accountId, onClose }: OutboxDialogProps) {
  const t = useTranslations('outbox');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} className="max-w-[min(36rem,calc(100vw-2rem))]">
      <div className="px-5 pt-1 pb-5">
        <Waiting accountId={accountId} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function Waiting({ accountId, onClose }: OutboxDialogProps) {
  const t = useTranslations('outbox');
  const compose = useTranslations('compose');
  const common = useTranslations('common');
  const { submissions, error, refetch } = useSubmissions(accountId);
  if (submissions === undefined && error !== null) {
    const { code } = asApiError(error);
    return (
      <div role="alert" className="py-4">
        <p className="mb-2">{code === 'offline' ? compose('offline') : sentences[code].title}</p>
        <Button onClick={refetch}>{common('retry')}</Button>
      </div>
    );
  }
  if (submissions === undefined) {
    return (
      <p className="grid min-h-40 place-items-center">
        <Spinner />
        <span className="sr-only">{common('loading')}</span>
      </p>
    );
  }
  if (submissions.length === 0) return <Empty title={t('emptyTitle')} text={t('emptyText')} />;
  return (
    <ul className="divide-y divide-line">
      {submissions.map((submission) => (
        <OutboxRow
          key={submission.id}
          accountId={accountId}
          submission={submission}
          onChanged={refetch}
          onLeave={onClose}
        />
      ))}
    </ul>
  );
}
