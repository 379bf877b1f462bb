'use client';

import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ask } from '@/components/ui/question';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toast';
import { useMailLocation, useSettings } from '@/lib/client/app/hooks';
import { foldName } from '@/lib/client/labels/find-labels';
import { moveBy } from '@/lib/client/labels/move-by';
import { maxNameLength } from '@/lib/client/labels/new-label';
import { maxSearches, savedFrom } from '@/lib/client/searches/saved';
import type { SavedSearch } from '@/lib/contract/answers';
import { displayText } from '@/lib/text/bidi';
import { useChangeSettings } from '../change-settings';
import { NamedLine } from '../named-line';
import { SearchWords } from './search-words';

interface SearchesDialogProps {
  /** What is searched for now is to be kept. */
  isSaving: boolean;
  /** The id of the search whose name has the focus. */
  edited: string | undefined;
  onClose: () => void;
}

/** The searches that are kept: a new one named, others renamed, put in order, forgotten. */
export const SearchesDialog = (props: SearchesDialogProps) => (
  <SearchWords>{props.isSaving ? <Save onClose={props.onClose} /> : <Kept {...props} />}</SearchWords>
);

const isTaken = (searches: readonly SavedSearch[], name: string, id?: string): boolean =>
  searches.some((one) => one.id !== id && foldName(one.name) === foldName(name));

function Save({ onClose }: { onClose: () => void }) {
  const t = useTranslations('searches');
  const common = useTranslations('common');
  const { searches } = useSettings();
  const changeSettings = useChangeSettings();
  const location = useMailLocation();
  const [name, setName] = useState(location.query.slice(0, maxNameLength));
  const isFull = searches.length >= maxSearches;
  const problem = isFull ? t('full') : isTaken(searches, name) ? t('taken') : undefined;
  const isGood = name.trim() !== '' && problem === undefined && location.query !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isGood) return;
    const saved = savedFrom(location, name);
    changeSettings({ searches: [...searches, saved] });
    toast({ text: t('saved', { name: saved.name }) });
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('save')} className="max-w-[min(26rem,calc(100vw-2rem))]">
      <form onSubmit={submit} noValidate className="space-y-4 px-5 pt-2 pb-5">
        <TextField
          label={t('name')}
          hint={t('nameHint', { query: location.query })}
          data-autofocus=""
          dir="auto"
          maxLength={maxNameLength}
          value={name}
          error={problem}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="primary" disabled={!isGood}>
            {t('keep')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Kept({ edited, onClose }: SearchesDialogProps) {
  const t = useTranslations('searches');
  const { searches } = useSettings();
  const changeSettings = useChangeSettings();
  const save = (next: SavedSearch[]) => changeSettings({ searches: next });
  const remove = async (saved: SavedSearch) => {
    const { name, query } = saved;
    const text = t('removeText', { query: displayText(query) });
    const isAgreed = await ask({ title: t('removeTitle', { name }), text, confirm: t('removeConfirm') });
    if (isAgreed) save(searches.filter((one) => one !== saved));
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} className="max-w-[min(32rem,calc(100vw-2rem))]">
      <div className="px-5 pt-1 pb-6">
        <p className="mb-3 text-ink-2 text-list">{t(searches.length === 0 ? 'none' : 'about')}</p>
        <ul className="-mx-2">
          {searches.map((saved, at) => (
            <NamedLine
              key={saved.id}
              name={saved.name}
              words={{
                name: t('nameOf', { name: saved.name }),
                up: t('up', { name: saved.name }),
                down: t('down', { name: saved.name }),
                remove: t('remove', { name: saved.name }),
                taken: t('taken'),
              }}
              start={<Search size={16} aria-hidden="true" className="mx-2 shrink-0 text-ink-muted" />}
              note={displayText(saved.query)}
              isEdited={saved.id === edited}
              isTaken={(name) => isTaken(searches, name, saved.id)}
              onName={(name) => save(searches.map((one) => (one === saved ? { ...saved, name } : one)))}
              onUp={at === 0 ? undefined : () => save(moveBy(searches, saved, -1))}
              onDown={at === searches.length - 1 ? undefined : () => save(moveBy(searches, saved, 1))}
              onRemove={() => void remove(saved)}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
