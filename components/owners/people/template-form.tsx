'use client';

import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { callPeople } from '@/lib/client/people/call';
import type { Template } from '@/lib/contract/identities';
import type { Formatted } from './formatted-field';
import { KeepForm } from './keep-form';

const FormattedField = dynamic(() => import('./formatted-field').then((module) => module.FormattedField), {
  ssr: false,
  loading: () => <div className="h-44" />,
});

const fields = [
  ['recipientName', '{{recipient.name}}'],
  ['recipientFirstName', '{{recipient.firstName}}'],
  ['date', '{{date}}'],
  ['senderName', '{{sender.name}}'],
] as const;

interface TemplateFormProps {
  /** Null: a new one. */
  template: Template | null;
  onClose: () => void;
  onKept: () => void;
}

/** A template as it is written; a press puts a field where the cursor is in the text. */
export function TemplateForm({ template, onClose, onKept }: TemplateFormProps) {
  const t = useTranslations('people.templates');
  const words = useTranslations('people');
  const [name, setName] = useState(template?.name ?? '');
  const [subject, setSubject] = useState(template?.subject ?? '');
  const [written, setWritten] = useState<Formatted>({ text: template?.text ?? '', html: template?.html ?? null });
  const insert = useRef<((field: string) => void) | null>(null);
  const keep = async () => {
    const body = { name: name.trim(), subject: subject.trim(), ...written };
    if (template === null) await callPeople('createTemplate', { body });
    else await callPeople('updateTemplate', { params: { templateId: template.id }, body });
    onKept();
  };
  return (
    <KeepForm
      title={template === null ? t('new') : t('change')}
      className="max-w-[min(36rem,calc(100vw-2rem))]"
      isGood={name.trim() !== ''}
      keep={keep}
      onClose={onClose}
    >
      {(hasTried) => (
        <>
          <TextField
            label={t('name')}
            data-autofocus=""
            maxLength={200}
            value={name}
            error={hasTried && name.trim() === '' ? words('required') : undefined}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={t('subject')}
            maxLength={2_000}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
          />
          <FormattedField
            label={t('body')}
            hint={t('fieldsHint')}
            initial={written}
            onChange={setWritten}
            inserter={insert}
          />
          <fieldset>
            <legend className="mb-1.5 font-medium text-ink-2 text-list">{t('fields')}</legend>
            <div className="flex flex-wrap gap-1.5">
              {fields.map(([key, field]) => (
                <Button key={key} size="small" onClick={() => insert.current?.(field)}>
                  {t(key)}
                </Button>
              ))}
            </div>
          </fieldset>
        </>
      )}
    </KeepForm>
  );
}
