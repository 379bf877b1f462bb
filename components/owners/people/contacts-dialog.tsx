'use client';

import { ArrowLeft, Ellipsis, Plus } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { Dialog } from '@/components/ui/dialog';
import { IconButton } from '@/components/ui/icon-button';
import { useMenuButton } from '@/components/ui/menu';
import { MoreWords } from '@/components/ui/more-words';
import { SelectField } from '@/components/ui/select-field';
import { ToastHost } from '@/components/ui/toast';
import { exportHref, findContact } from '@/lib/client/people/call';
import { displayText } from '@/lib/text/bidi';
import words from '@/messages/people.en.json';
import { ContactCard } from './contact-card';
import { ContactForm } from './contact-form';
import { ContactRows } from './contact-rows';
import { ContactSearch } from './contact-search';
import { Empty } from './empty';
import { GroupForm } from './group-form';
import { useGroups } from './groups';
import { ImportContacts } from './import-contacts';
import { LearnedAddresses } from './learned-addresses';

interface ContactsDialogProps {
  /** Whom a new contact begins with. */
  added?: { name: string; email: string } | undefined;
  onClose: () => void;
}

/** What the right side shows. */
type Side =
  | { type: 'none' | 'import' }
  | { type: 'contact' | 'edit'; id: string }
  | { type: 'new'; name: string; email: string };

/** The person's contacts: the list beside the one that is looked at; on a phone one of both at a time. */
export const ContactsDialog = (props: ContactsDialogProps) => (
  <MoreWords words={words}>
    <Contacts {...props} />
  </MoreWords>
);

function Contacts({ added, onClose }: ContactsDialogProps) {
  const t = useTranslations('people.contacts');
  const groups = useGroups();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const [view, setView] = useState('all');
  const [side, setSide] = useState<Side>({ type: 'none' });
  useEffect(() => {
    if (added === undefined) return;
    const asked = new AbortController();
    findContact(added.email, asked.signal).then(
      (id) => setSide(id === null ? { type: 'new', ...added } : { type: 'contact', id }),
      // Whether there is one already is not known: the form says what goes wrong, if it still does.
      () => asked.signal.aborted || setSide({ type: 'new', ...added }),
    );
    return () => asked.abort();
  }, [added]);
  const [group, setGroup] = useState<'new' | 'rename' | null>(null);
  const shown = groups.all.find(({ id }) => id === view);
  const groupId = shown?.id ?? null;
  const isLearned = view === 'learned';
  const show = (id: string) => setSide({ type: 'contact', id });
  const save = (format: 'vcard' | 'csv') => {
    window.location.assign(exportHref(format, groupId));
  };
  const menu = useMenuButton(t('more'), () => [
    { label: t('import'), onSelect: () => setSide({ type: 'import' }) },
    { label: t('exportVcard'), onSelect: () => save('vcard') },
    { label: t('exportCsv'), onSelect: () => save('csv') },
    'separator' as const,
    { label: t('newGroup'), onSelect: () => setGroup('new') },
    ...(shown === undefined
      ? []
      : [
          { label: t('renameGroup'), onSelect: () => setGroup('rename') },
          { label: t('deleteGroup'), onSelect: () => void groups.remove(shown, () => setView('all')) },
        ]),
  ]);
  const views = [
    { value: 'all', label: t('all') },
    ...groups.all.map(({ id, name, count }) => ({ value: id, label: `${displayText(name)} (${count})` })),
    { value: 'learned', label: t('learned') },
  ];
  const isAside = side.type !== 'none';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('title')}
      className="h-[85dvh] max-w-[min(60rem,calc(100vw-2rem))] max-md:m-0 max-md:h-dvh max-md:max-h-none max-md:max-w-none max-md:rounded-none max-md:border-0"
    >
      <div className="mt-2 flex min-h-0 flex-1 border-line border-t">
        <div
          className={classes(
            'flex w-full min-w-0 flex-col md:w-88 md:shrink-0 md:border-line md:border-e',
            isAside && 'max-md:hidden',
          )}
        >
          <div className="space-y-2 p-3">
            <div className="flex items-center gap-1">
              <ContactSearch typed={typed} onType={setTyped} />
              <IconButton {...menu} icon={<Ellipsis size={18} />} />
            </div>
            <div className="flex items-center gap-2">
              <SelectField
                isBare
                label={t('show')}
                value={view}
                options={views}
                onChange={setView}
                className="min-w-0 flex-1"
              />
              <Button look="primary" onClick={() => setSide({ type: 'new', name: '', email: '' })}>
                <Plus size={16} />
                {t('new')}
              </Button>
            </div>
          </div>
          {isLearned ? (
            <LearnedAddresses q={q} onKeep={(person) => setSide({ type: 'new', ...person })} />
          ) : (
            <ContactRows
              filter={{ q, groupId }}
              chosen={side.type === 'contact' || side.type === 'edit' ? side.id : null}
              onChoose={show}
              onImport={() => setSide({ type: 'import' })}
            />
          )}
        </div>
        <div className={classes('flex min-w-0 flex-1 flex-col', !isAside && 'max-md:hidden')}>
          {isAside && (
            <div className="px-2 pt-1 md:hidden">
              <IconButton label={t('back')} icon={<ArrowLeft size={18} />} onClick={() => setSide({ type: 'none' })} />
            </div>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6 pt-5 pb-8 max-md:px-4 max-md:pt-1">
            {side.type === 'none' && <Empty title={t('chooseTitle')} text={t('chooseText')} />}
            {side.type === 'import' && <ImportContacts />}
            {side.type === 'contact' && (
              <ContactCard
                key={side.id}
                id={side.id}
                groups={groups.all}
                onEdit={() => setSide({ type: 'edit', id: side.id })}
                onGone={() => setSide({ type: 'none' })}
                onBack={show}
              />
            )}
            {(side.type === 'edit' || side.type === 'new') && (
              <ContactForm
                key={side.type === 'new' ? side.email : side.id}
                id={side.type === 'edit' ? side.id : null}
                begun={side.type === 'new' ? side : undefined}
                groups={groups.all}
                groupId={groupId}
                onCancel={() => (side.type === 'edit' ? show(side.id) : setSide({ type: 'none' }))}
                onKept={show}
              />
            )}
          </div>
        </div>
      </div>
      <ToastHost />
      {group !== null && (
        <GroupForm
          group={group === 'rename' ? shown : undefined}
          onClose={() => setGroup(null)}
          onKept={(id) => setView(id)}
        />
      )}
    </Dialog>
  );
}
