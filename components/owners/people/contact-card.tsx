'use client';

import { Pencil, SquarePen, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { openComposer } from '@/lib/client/compose/panels';
import { callPeople } from '@/lib/client/people/call';
import type { Contact, ContactGroup } from '@/lib/contract/contacts';
import { displayText } from '@/lib/text/bidi';
import { avatarOf } from '@/lib/text/initials';
import { useContact } from './contact-query';
import { useContactsAgain } from './groups';
import { useNotKept } from './not-kept';

interface ContactCardProps {
  id: string;
  groups: readonly ContactGroup[];
  onEdit: () => void;
  onGone: () => void;
  /** It was taken back. */
  onBack: (id: string) => void;
}

/** A contact as it is looked at. */
export function ContactCard({ id, groups, onEdit, onGone, onBack }: ContactCardProps) {
  const t = useTranslations('people.contacts');
  const words = useTranslations('people');
  const app = useMail();
  const { id: accountId, sending } = useAccount();
  const again = useContactsAgain();
  const notKept = useNotKept();
  const { data: contact, error } = useContact(id);
  const write = (to: string) => {
    const person = { name: contact?.name || null, email: to };
    app.overlay.set(null);
    openComposer(app, { kind: 'new', accountId, fields: { to: [person] } });
  };
  const restore = async () => {
    await callPeople('restoreContacts', { body: { ids: [id] } });
    await again();
    onBack(id);
  };
  const remove = async (name: string) => {
    await callPeople('destroyContacts', { body: { ids: [id] } });
    // At once, so that reading all again does not ask for what has gone.
    flushSync(onGone);
    await again();
    toast({
      text: t('deleted', { name }),
      action: { label: words('undo'), onPress: () => void restore().catch(notKept) },
    });
  };
  if (contact === undefined) {
    return (
      <p role="status" className="text-ink-muted">
        {words(error === null ? 'loading' : 'failed')}
      </p>
    );
  }
  const email = contact.emails[0]?.email;
  const name = displayText(contact.name || contact.organization || contact.emails[0]?.email || t('unnamed'));
  const { initials, hue } = avatarOf(contact.name || contact.organization || null, contact.emails[0]?.email ?? '');
  return (
    <article aria-label={name}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Avatar initials={initials} hue={hue} size={40} />
        <div className="min-w-40 flex-1">
          <h3 className="font-semibold text-subject [overflow-wrap:anywhere]">
            <bdi>{name}</bdi>
          </h3>
          {contact.organization !== '' && contact.name !== '' && (
            <p className="text-ink-muted">
              <bdi>{displayText(contact.organization)}</bdi>
            </p>
          )}
        </div>
        <div className="flex gap-2">
          {sending !== null && email !== undefined && (
            <Button look="primary" onClick={() => write(email)}>
              <SquarePen size={15} />
              {t('write')}
            </Button>
          )}
          <Button onClick={onEdit}>
            <Pencil size={15} />
            {words('edit')}
          </Button>
          <Button onClick={() => void remove(name).catch(notKept)}>
            <Trash2 size={15} />
            {words('delete')}
          </Button>
        </div>
      </header>
      <Facts contact={contact} groups={groups} />
    </article>
  );
}

function Facts({ contact, groups }: { contact: Contact; groups: readonly ContactGroup[] }) {
  const t = useTranslations('people.contacts');
  const own = groups.filter(({ id }) => contact.groupIds.includes(id));
  return (
    <dl className="mt-6 space-y-4">
      {contact.emails.length > 0 && (
        <Fact label={t('emails')}>
          {contact.emails.map(({ kind, email }) => (
            <p key={email} className="flex flex-wrap items-baseline gap-x-2">
              <bdi className="[overflow-wrap:anywhere]">{displayText(email)}</bdi>
              {kind !== 'other' && <span className="text-ink-muted text-meta">{t(`kinds.${kind}`)}</span>}
            </p>
          ))}
        </Fact>
      )}
      {contact.phones.length > 0 && (
        <Fact label={t('phones')}>
          {contact.phones.map(({ kind, number }) => (
            <p key={number} className="flex flex-wrap items-baseline gap-x-2">
              <bdi className="tabular-nums [overflow-wrap:anywhere]">{displayText(number)}</bdi>
              {kind !== 'other' && <span className="text-ink-muted text-meta">{t(`kinds.${kind}`)}</span>}
            </p>
          ))}
        </Fact>
      )}
      {own.length > 0 && (
        <Fact label={t('groups')}>
          <bdi>{own.map(({ name }) => displayText(name)).join(', ')}</bdi>
        </Fact>
      )}
      {contact.note !== '' && (
        <Fact label={t('note')}>
          <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {displayText(contact.note)}
          </p>
        </Fact>
      )}
      {contact.others.length > 0 && (
        <Fact label={t('others')}>
          {contact.others.map(({ name, text }, at) => (
            <p key={at} className="[overflow-wrap:anywhere]">
              <span className="text-ink-muted">{displayText(name)}: </span>
              <bdi>{displayText(text)}</bdi>
            </p>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-medium text-ink-muted text-meta">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
