'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes } from '@/lib/client/app/hooks';
import type { Overlay } from '@/lib/client/app/mail-app';
import { queryKeys } from '@/lib/client/query-keys';
import { sentenceOf } from './sentence-of';

type FormOverlay = Extract<Overlay, { type: 'createMailbox' | 'renameMailbox' }>;

/** Asks for the name of a new folder, or a new name. */
export function FolderForm({ overlay, onClose }: { overlay: FormOverlay; onClose: () => void }) {
  const t = useTranslations('folders');
  const common = useTranslations('common');
  const isNew = overlay.type === 'createMailbox';
  const { mailboxes } = useMailboxes(useAccount().id);
  const parent = isNew ? mailboxes?.find(({ id }) => id === overlay.parentId) : undefined;
  const [name, setName] = useState(isNew ? '' : overlay.mailbox.name);
  const { save, problem, isSaving } = useSave(overlay, onClose);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(isNew ? 'createTitle' : 'renameTitle')}
      className="max-w-[min(24rem,calc(100vw-2rem))]"
    >
      <form
        className="px-5 pt-2 pb-5"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (name.trim() !== '') void save(name.trim());
        }}
      >
        <TextField
          label={t('name')}
          value={name}
          data-autofocus=""
          required
          maxLength={255}
          error={problem}
          {...(parent === undefined ? {} : { hint: `${t('inside')} ${parent.path}` })}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={isSaving}>
            {t(isNew ? 'create' : 'rename')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useSave(overlay: FormOverlay, onClose: () => void) {
  const { queries } = useMail();
  const t = useTranslations('folders');
  const words = useTranslations('actions');
  const { id: accountId } = useAccount();
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const send = (name: string) =>
    overlay.type === 'createMailbox'
      ? call('createMailbox', { params: { accountId }, body: { name, parentId: overlay.parentId } })
      : call('updateMailbox', { params: { accountId, mailboxId: overlay.mailbox.id }, body: { name } });
  const save = async (name: string) => {
    setSaving(true);
    setProblem(undefined);
    try {
      await send(name);
      await queries.invalidateQueries({ queryKey: queryKeys.mailboxes(accountId) });
      toast({ text: t(overlay.type === 'createMailbox' ? 'created' : 'renamed', { name }) });
      onClose();
    } catch (thrown) {
      const { code, serverText } = asApiError(thrown);
      setProblem(serverText === undefined ? sentenceOf(words, code).title : words('serverSays', { text: serverText }));
      setSaving(false);
    }
  };
  return { save, problem, isSaving };
}
