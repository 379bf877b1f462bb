'use client';

import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useMail } from '@/lib/client/app/context';
import { callPeople } from '@/lib/client/people/call';
import { templatesQuery } from '@/lib/client/people/templates';
import { queryKeys } from '@/lib/client/query-keys';
import type { Template } from '@/lib/contract/identities';
import { displayText } from '@/lib/text/bidi';
import { useNotKept } from './not-kept';
import { SettingsSection } from './settings-section';
import { TemplateForm } from './template-form';

/** The person's templates; each opens to be changed. */
export function TemplateSettings() {
  const { queries } = useMail();
  const t = useTranslations('people.templates');
  const words = useTranslations('people');
  const notKept = useNotKept();
  const [edited, setEdited] = useState<Template | 'new' | null>(null);
  const { data, error, refetch } = useQuery(templatesQuery);
  const again = () => queries.invalidateQueries({ queryKey: queryKeys.templates });
  const remove = async ({ id, updatedAt: _, ...template }: Template) => {
    await callPeople('deleteTemplate', { params: { templateId: id } });
    await again();
    toast({
      text: t('deleted', { name: displayText(template.name) }),
      action: {
        label: words('undo'),
        onPress: () => void callPeople('createTemplate', { body: template }).then(again).catch(notKept),
      },
    });
  };
  return (
    <SettingsSection
      title={t('title')}
      text={t('text')}
      add={t('add')}
      onAdd={() => setEdited('new')}
      isKnown={data !== undefined}
      error={error}
      onRetry={() => void refetch()}
    >
      {data?.length === 0 && <p className="mt-2 text-ink-muted text-list">{t('empty')}</p>}
      {data !== undefined && data.length > 0 && (
        <ul className="mt-2 divide-y divide-line rounded-box border border-line">
          {data.map((template) => (
            <li key={template.id} className="flex items-center gap-1 py-1.5 ps-3 pe-1">
              <div className="min-w-0 flex-1 text-list">
                <p className="truncate font-medium">
                  <bdi>{displayText(template.name)}</bdi>
                </p>
                <p className="truncate text-ink-muted">
                  <bdi>{displayText(template.subject || template.text)}</bdi>
                </p>
              </div>
              <IconButton
                size="small"
                label={t('edit', { name: displayText(template.name) })}
                icon={<Pencil size={16} />}
                onClick={() => setEdited(template)}
              />
              <IconButton
                size="small"
                label={`${words('delete')} ${displayText(template.name)}`}
                icon={<Trash2 size={16} />}
                onClick={() => void remove(template).catch(notKept)}
              />
            </li>
          ))}
        </ul>
      )}
      {edited !== null && (
        <TemplateForm
          template={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onKept={() => void again()}
        />
      )}
    </SettingsSection>
  );
}
