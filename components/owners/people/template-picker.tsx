'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { MoreWords } from '@/components/ui/more-words';
import { TextField } from '@/components/ui/text-field';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { htmlOfText } from '@/lib/client/compose/html';
import { insertInto } from '@/lib/client/compose/insertion';
import { fillHtml } from '@/lib/client/people/fill-html';
import { fillTemplate, freeFields } from '@/lib/client/people/fill-template';
import { templatesQuery } from '@/lib/client/people/templates';
import type { Template } from '@/lib/contract/identities';
import { displayText } from '@/lib/text/bidi';
import words from '@/messages/people.en.json';
import { Empty } from './empty';

interface TemplatePickerProps {
  store: ComposerStore;
  onClose: () => void;
}

/** Chooses a template, asks for what only the person knows, and puts it where the cursor is. */
export const TemplatePicker = (props: TemplatePickerProps) => (
  <MoreWords words={words}>
    <Picker {...props} />
  </MoreWords>
);

function Picker({ store, onClose }: TemplatePickerProps) {
  const t = useTranslations('people.templates');
  const common = useTranslations('people');
  const { data, error } = useQuery(templatesQuery);
  const [chosen, setChosen] = useState<Template | null>(null);
  const insert = (template: Template, answers: ReadonlyMap<string, string>) => {
    const { to, from, subject } = store.written.get();
    const date = new Date().toLocaleDateString(undefined, { dateStyle: 'long' });
    const facts = { recipient: to[0], sender: from, date };
    const text = fillTemplate(template.text, facts, answers);
    const filled = fillTemplate(template.subject, facts, answers);
    if (subject.trim() === '' && filled !== '') store.change({ subject: filled });
    onClose();
    // After the dialog has given the focus back.
    requestAnimationFrame(() =>
      insertInto(store, text, template.html === null ? htmlOfText(text) : fillHtml(template.html, facts, answers)),
    );
  };
  const choose = (template: Template) => {
    if (freeFields(template.subject, template.text).length === 0) insert(template, new Map());
    else setChosen(template);
  };
  return (
    <Dialog isOpen onClose={onClose} title={chosen === null ? t('insert') : displayText(chosen.name)}>
      {chosen !== null && (
        <Fields template={chosen} onCancel={onClose} onFilled={(answers) => insert(chosen, answers)} />
      )}
      {chosen === null && data === undefined && (
        <p role="status" className="px-5 pt-2 pb-6 text-ink-muted">
          {common(error === null ? 'loading' : 'failed')}
        </p>
      )}
      {chosen === null && data?.length === 0 && <Empty title={t('emptyTitle')} text={t('emptyPicker')} />}
      {chosen === null && data !== undefined && data.length > 0 && (
        <ul className="px-2.5 pt-1 pb-3">
          {data.map((template) => (
            <li key={template.id}>
              <button
                type="button"
                onClick={() => choose(template)}
                className="block w-full rounded-inner px-2.5 py-2 text-start hover:bg-hover touch:min-h-11"
              >
                <bdi className="block truncate font-medium">{displayText(template.name)}</bdi>
                <bdi className="block truncate text-ink-muted text-list">
                  {displayText(template.subject || template.text)}
                </bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

interface FieldsProps {
  template: Template;
  onCancel: () => void;
  onFilled: (answers: ReadonlyMap<string, string>) => void;
}

function Fields({ template, onCancel, onFilled }: FieldsProps) {
  const t = useTranslations('people.templates');
  const common = useTranslations('people');
  const [answers, setAnswers] = useState<ReadonlyMap<string, string>>(new Map());
  const names = freeFields(template.subject, template.text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilled(answers);
  };
  return (
    <form onSubmit={submit} className="space-y-4 px-5 pt-2 pb-5">
      {names.map((name, at) => (
        <TextField
          key={name}
          label={name}
          autoFocus={at === 0}
          maxLength={1_000}
          value={answers.get(name) ?? ''}
          onChange={(event) => setAnswers(new Map([...answers, [name, event.target.value]]))}
        />
      ))}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{common('cancel')}</Button>
        <Button type="submit" look="primary">
          {t('use')}
        </Button>
      </div>
    </form>
  );
}
