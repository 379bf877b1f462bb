'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CheckField } from '@/components/ui/check-field';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { callPeople } from '@/lib/client/people/call';
import { isAddress } from '@/lib/client/people/is-address';
import type { Contact, ContactGroup } from '@/lib/contract/contacts';
import { displayText } from '@/lib/text/bidi';
import { useContact } from './contact-query';
import { useContactsAgain } from './groups';
import { KindRows } from './kind-rows';
import { useNotKept } from './not-kept';

interface ContactFormProps {
  /** Null: a new one. */
  id: string | null;
  /** What a new one begins with. */
  begun: { name: string; email: string } | undefined;
  groups: readonly ContactGroup[];
  /** The group that is looked at: a new one is in it. */
  groupId: string | null;
  onCancel: () => void;
  onKept: (id: string) => void;
}

type Fields = Omit<Contact, 'id' | 'others' | 'updatedAt'>;

/** A contact as it is written, once what there is of it is known. */
export function ContactForm({ id, begun, groupId, ...props }: ContactFormProps) {
  const words = useTranslations('people');
  const { data, error } = useContact(id);
  if (id !== null && data === undefined) {
    return (
      <p role="status" className="text-ink-muted">
        {words(error === null ? 'loading' : 'failed')}
      </p>
    );
  }
  const fresh: Fields = {
    name: begun?.name ?? '',
    organization: '',
    emails: [{ kind: 'other', email: begun?.email ?? '' }],
    phones: [],
    note: '',
    groupIds: groupId === null ? [] : [groupId],
  };
  return <Form {...props} id={id} start={data ?? fresh} />;
}

function Form({
  id,
  start,
  groups,
  onCancel,
  onKept,
}: Pick<ContactFormProps, 'id' | 'groups' | 'onCancel' | 'onKept'> & { start: Fields }) {
  const t = useTranslations('people.contacts');
  const words = useTranslations('people');
  const notKept = useNotKept();
  const again = useContactsAgain();
  const [{ name, organization, emails, phones, note, groupIds }, setFields] = useState<Fields>(start);
  const [hasTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const change = (part: Partial<Fields>) => setFields((now) => ({ ...now, ...part }));
  const written = emails.map((one) => ({ ...one, email: one.email.trim() })).filter(({ email }) => email !== '');
  const isEmpty = name.trim() === '' && organization.trim() === '' && written.length === 0;
  const keep = async () => {
    const numbers = phones.map((one) => ({ ...one, number: one.number.trim() })).filter(({ number }) => number !== '');
    const body = {
      name: name.trim(),
      organization: organization.trim(),
      emails: written,
      phones: numbers,
      note,
      groupIds,
    };
    const kept =
      id === null
        ? await callPeople('createContact', { body })
        : await callPeople('updateContact', { params: { contactId: id }, body });
    await again();
    onKept(kept.id);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEmpty || !written.every(({ email }) => isAddress(email))) return;
    setBusy(true);
    keep()
      .catch(notKept)
      .finally(() => setBusy(false));
  };
  return (
    <form
      aria-label={id === null ? t('new') : words('edit')}
      noValidate
      onSubmit={submit}
      className="max-w-xl space-y-4"
    >
      <TextField
        label={t('name')}
        autoFocus
        maxLength={300}
        value={name}
        error={hasTried && isEmpty ? t('needsName') : undefined}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={t('organization')}
        maxLength={300}
        value={organization}
        onChange={(event) => change({ organization: event.target.value })}
      />
      <KindRows
        what="email"
        kinds={['home', 'work', 'other']}
        rows={emails.map(({ kind, email }) => ({ kind, value: email }))}
        errorOf={(value) => (hasTried && value.trim() !== '' && !isAddress(value) ? words('badAddress') : undefined)}
        onChange={(rows) => change({ emails: rows.map(({ kind, value }) => ({ kind, email: value })) })}
      />
      <KindRows
        what="phone"
        kinds={['home', 'work', 'mobile', 'other']}
        rows={phones.map(({ kind, number }) => ({ kind, value: number }))}
        errorOf={() => undefined}
        onChange={(rows) => change({ phones: rows.map(({ kind, value }) => ({ kind, number: value })) })}
      />
      {groups.length > 0 && (
        <fieldset>
          <legend className="mb-1 font-medium text-ink-2 text-list">{t('groups')}</legend>
          {groups.map((group) => (
            <CheckField
              key={group.id}
              isOn={groupIds.includes(group.id)}
              onChange={(isOn) =>
                change({ groupIds: isOn ? [...groupIds, group.id] : groupIds.filter((one) => one !== group.id) })
              }
            >
              <bdi>{displayText(group.name)}</bdi>
            </CheckField>
          ))}
        </fieldset>
      )}
      <TextArea
        label={t('note')}
        maxLength={10_000}
        value={note}
        onChange={(event) => change({ note: event.target.value })}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{words('cancel')}</Button>
        <Button type="submit" look="primary" isBusy={isBusy}>
          {words('save')}
        </Button>
      </div>
    </form>
  );
}
