'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { asApiError } from '@/lib/client/api-error';
import { callPeople } from '@/lib/client/people/call';
import type { ContactGroup } from '@/lib/contract/contacts';
import { useContactsAgain } from './groups';
import { useNotKept } from './not-kept';

interface GroupFormProps {
  /** Absent: a new one. */
  group: ContactGroup | undefined;
  onClose: () => void;
  onKept: (id: string) => void;
}

/** The name of a group. */
export function GroupForm({ group, onClose, onKept }: GroupFormProps) {
  const t = useTranslations('people.contacts');
  const words = useTranslations('people');
  const notKept = useNotKept();
  const again = useContactsAgain();
  const [name, setName] = useState(group?.name ?? '');
  const [isTaken, setTaken] = useState(false);
  const keep = async () => {
    const body = { name: name.trim() };
    const kept =
      group === undefined
        ? await callPeople('createContactGroup', { body })
        : await callPeople('updateContactGroup', { params: { groupId: group.id }, body });
    await again();
    onKept(kept.id);
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    keep().catch((thrown: unknown) => (asApiError(thrown).code === 'conflict' ? setTaken(true) : notKept(thrown)));
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={group === undefined ? t('newGroup') : t('renameGroup')}
      className="max-w-[min(24rem,calc(100vw-2rem))]"
    >
      <form onSubmit={submit} className="space-y-4 px-5 pt-2 pb-5">
        <TextField
          label={t('groupName')}
          data-autofocus=""
          maxLength={300}
          value={name}
          error={isTaken ? t('groupTaken') : undefined}
          onChange={(event) => {
            setTaken(false);
            setName(event.target.value);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button type="submit" look="primary" disabled={name.trim() === ''}>
            {words('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
