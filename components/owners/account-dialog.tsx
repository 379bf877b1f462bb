'use client';

import { useTranslations } from 'use-intl';
import { Dialog } from '@/components/ui/dialog';
import { useMaildrop } from '@/lib/client/app/maildrop-query';
import { CollectionProgress } from './collection-progress';
import { MaildropPlace } from './maildrop-place';
import { MaildropServer } from './maildrop-server';
import { RetentionForm } from './retention-form';
import { ScheduleChoice } from './schedule-choice';

/** A POP3 account: where its mail is, what becomes of it on the server, and what the server can do. */
export function AccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('account');
  const { maildrop, error } = useMaildrop({ isLooked: true });
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} className="max-w-[min(36rem,calc(100vw-2rem))]">
      <div className="space-y-6 px-5 pt-2 pb-6">
        {maildrop === undefined ? (
          <p role="status" className="min-h-40 text-ink-muted">
            {t(error === null ? 'loading' : 'failed')}
          </p>
        ) : (
          <>
            <MaildropPlace maildrop={maildrop} />
            <CollectionProgress maildrop={maildrop} />
            <RetentionForm key={JSON.stringify(maildrop.retention)} kept={maildrop.retention} />
            <ScheduleChoice schedule={maildrop.schedule} />
            <MaildropServer server={maildrop.server} />
          </>
        )}
      </div>
    </Dialog>
  );
}
