'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TextField } from '@/components/ui/text-field';
import { asApiError } from '@/lib/client/api-error';
import { callPeople } from '@/lib/client/people/call';
import type { ContactGroup } from '@/lib/contract/contacts';
import { useContactsAgain } from './groups';
import { KeepForm } from './keep-form';

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
  };
  const isToldHere = (thrown: unknown) => {
    const isOurs = asApiError(thrown).code === 'conflict';
    if (isOurs) setTaken(true);
    return isOurs;
  };
  return (
    <KeepForm
      title={group === undefined ? t('newGroup') : t('renameGroup')}
      className="max-w-[min(24rem,calc(100vw-2rem))]"
      isGood={name.trim() !== ''}
      keep={keep}
      isToldHere={isToldHere}
      onClose={onClose}
    >
      {(hasTried) => (
        <TextField
          label={t('groupName')}
          data-autofocus=""
          maxLength={300}
          value={name}
          error={isTaken ? t('groupTaken') : hasTried && name.trim() === '' ? words('required') : undefined}
          onChange={(event) => {
            setTaken(false);
            setName(event.target.value);
          }}
        />
      )}
    </KeepForm>
  );
}
