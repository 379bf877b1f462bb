'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLabelsOn } from '@/components/parts/labels-on';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { IconButton } from '@/components/ui/icon-button';
import { LabelDot } from '@/components/ui/label-dot';
import { ask } from '@/components/ui/question';
import { TextField } from '@/components/ui/text-field';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useSettings } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { foldName } from '@/lib/client/labels/find-labels';
import { moveBy } from '@/lib/client/labels/move-by';
import { maxLabels, maxNameLength, newLabel } from '@/lib/client/labels/new-label';
import type { Label } from '@/lib/mail/model';
import { useChangeSettings } from './change-settings';
import { LabelEditor } from './label-editor';
import { LabelWords } from './label-words';

interface LabelsDialogProps {
  /** The keyword of the label whose name has the focus. */
  edited: string | undefined;
  onClose: () => void;
}

/** The person's labels: made, named, coloured, put in order, taken from the list. What messages carry stays as it is. */
export const LabelsDialog = (props: LabelsDialogProps) => (
  <LabelWords>
    <Labels {...props} />
  </LabelWords>
);

function Labels({ edited, onClose }: LabelsDialogProps) {
  const t = useTranslations('labelling');
  const { labels } = useSettings();
  const isLocal = useAccount().protocol === 'pop3';
  const changeSettings = useChangeSettings();
  const save = (next: Label[]) => changeSettings({ labels: next });
  const remove = async (label: Label) => {
    const { name, keyword } = label;
    const text = t('removeText', { keyword });
    const isAgreed = await ask({ title: t('removeTitle', { name }), text, confirm: t('removeConfirm') });
    if (isAgreed) save(labels.filter((one) => one.keyword !== keyword));
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} className="max-w-[min(32rem,calc(100vw-2rem))]">
      <div className="px-5 pt-1 pb-6">
        <p className="mb-3 text-ink-2 text-list">{t(isLocal ? 'aboutLocal' : 'about')}</p>
        <ul className="-mx-2">
          {labels.map((label, at) => (
            <LabelEditor
              key={label.keyword}
              label={label}
              isEdited={label.keyword === edited}
              isTaken={(name) => isTaken(labels, name, label.keyword)}
              onChange={(changed) => save(labels.map((one) => (one === label ? changed : one)))}
              onUp={at === 0 ? undefined : () => save(moveBy(labels, label, -1))}
              onDown={at === labels.length - 1 ? undefined : () => save(moveBy(labels, label, 1))}
              onRemove={() => void remove(label)}
            />
          ))}
        </ul>
        {labels.length >= maxLabels ? (
          <p className="mt-3 text-ink-muted text-meta">{t('full')}</p>
        ) : (
          <>
            <NewLabel labels={labels} onMade={(made) => save([...labels, made])} />
            <Others labels={labels} onKept={(kept) => save([...labels, kept])} />
          </>
        )}
      </div>
    </Dialog>
  );
}

const isTaken = (labels: readonly Label[], name: string, keyword?: string): boolean =>
  labels.some((one) => one.keyword !== keyword && foldName(one.name) === foldName(name));

function NewLabel({ labels, onMade }: { labels: readonly Label[]; onMade: (made: Label) => void }) {
  const t = useTranslations('labelling');
  const [name, setName] = useState('');
  const problem = name.trim() !== '' && isTaken(labels, name) ? t('taken') : undefined;
  return (
    <form
      className="mt-3 flex items-start gap-2"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (name.trim() === '' || problem !== undefined) return;
        onMade(newLabel(name, labels));
        setName('');
      }}
    >
      <TextField
        label={t('new')}
        className="min-w-0 flex-1"
        value={name}
        maxLength={maxNameLength}
        error={problem}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" size="large" className="mt-6">
        {t('add')}
      </Button>
    </form>
  );
}

/** What other programs have put on messages that were looked at, to be taken into the list. */
function Others({ labels, onKept }: { labels: readonly Label[]; onKept: (kept: Label) => void }) {
  const app = useMail();
  const account = useAccount();
  const t = useTranslations('labelling');
  const labelsOn = useLabelsOn();
  const [seen] = useState(() => keywordsSeen(app, account.id));
  const others = labelsOn(seen, labels).filter(({ keyword }) => !labels.some((one) => one.keyword === keyword));
  if (others.length === 0) return null;
  const labelOf = (keyword: string, name: string, color: Label['color'] | null): Label => {
    const called = isTaken(labels, name) ? `${name} (${keyword})`.slice(0, maxNameLength) : name;
    return { ...newLabel(called, labels), keyword, ...(color === null ? {} : { color }) };
  };
  return (
    <section aria-label={t('others')} className="mt-6">
      <h3 className="font-semibold">{t('others')}</h3>
      <p className="text-ink-muted text-meta">{t('othersText')}</p>
      <ul className="-mx-2 mt-1">
        {others.map(({ keyword, name, color }) => (
          <li key={keyword} className="flex items-center gap-2">
            <span className="grid size-8 place-items-center touch:size-11">
              <LabelDot color={color} />
            </span>
            <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
            <IconButton
              size="small"
              label={t('keep', { name })}
              icon={<Plus size={17} />}
              onClick={() => onKept(labelOf(keyword, name, color))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

const keywordsSeen = ({ listsOf }: MailApp, accountId: string): string[] => [
  ...new Set(
    listsOf(accountId)
      .all()
      .flatMap((list) => [...list.getSnapshot().list.rows.values()].flatMap((row) => row.keywords)),
  ),
];
