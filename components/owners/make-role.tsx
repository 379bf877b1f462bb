'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import type { Overlay } from '@/lib/client/app/mail-app';
import { queryKeys } from '@/lib/client/query-keys';
import { sentenceOf } from './sentence-of';

/** There is no folder for what was asked: offers to make it, and goes on only then. */
export function MakeRole({
  overlay,
  onClose,
}: {
  overlay: Extract<Overlay, { type: 'makeRole' }>;
  onClose: () => void;
}) {
  const { queries } = useMail();
  const t = useTranslations('folders');
  const common = useTranslations('common');
  const words = useTranslations('actions');
  const roles = useTranslations('sidebar.role');
  const { accountId } = overlay;
  const [problem, setProblem] = useState<string | null>(null);
  const [isMaking, setMaking] = useState(false);
  const name = roles(overlay.role);
  const role = overlay.role === 'inbox' ? {} : { role: overlay.role };
  const make = async () => {
    setMaking(true);
    try {
      const made = await call('createMailbox', { params: { accountId }, body: { name, parentId: null, ...role } });
      await queries.invalidateQueries({ queryKey: queryKeys.mailboxes(accountId) });
      onClose();
      overlay.onMade(made);
    } catch (thrown) {
      setProblem(sentenceOf(words, asApiError(thrown).code).title);
      setMaking(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`makeTitle.${overlay.role}`)}
      className="max-w-[min(26rem,calc(100vw-2rem))]"
    >
      <div className="px-5 pt-1 pb-5">
        <p className="text-ink-2">{t('makeText')}</p>
        {problem !== null && (
          <p role="alert" className="mt-2 text-danger">
            {problem}
          </p>
        )}
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button data-autofocus="" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button look="primary" isBusy={isMaking} onClick={() => void make()}>
            {t('makeConfirm', { name })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
