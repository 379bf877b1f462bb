'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { callPeople } from '@/lib/client/people/call';
import { templatesQuery } from '@/lib/client/people/templates';
import { queryKeys } from '@/lib/client/query-keys';
import { displayText } from '@/lib/text/bidi';
import { KeptList } from './kept-list';
import { TemplateForm } from './template-form';

/** The person's templates; each opens to be changed. */
export function TemplateSettings() {
  const t = useTranslations('people.templates');
  const query = useQuery(templatesQuery);
  return (
    <KeptList
      kind="templates"
      query={query}
      queryKey={queryKeys.templates}
      items={query.data ?? []}
      empty={t('empty')}
      nameOf={({ name }) => displayText(name)}
      below={({ subject, text }) => (
        <p className="truncate text-ink-muted">
          <bdi>{displayText(subject || text)}</bdi>
        </p>
      )}
      remove={(_, id) => callPeople('deleteTemplate', { params: { templateId: id } })}
      restore={({ id: _, updatedAt: __, ...template }) => callPeople('createTemplate', { body: template })}
      form={(template, onClose, onKept) => <TemplateForm template={template} onClose={onClose} onKept={onKept} />}
    />
  );
}
