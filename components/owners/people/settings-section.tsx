'use client';

import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';

interface SettingsSectionProps {
  title: string;
  text: string;
  add: string;
  onAdd: () => void;
  isKnown: boolean;
  error: Error | null;
  onRetry: () => void;
  children: ReactNode;
}

/** A list in the settings that is added to, with what stands there before it is known. */
export function SettingsSection(props: SettingsSectionProps) {
  const { title, text, add, onAdd, isKnown, error, onRetry, children } = props;
  const t = useTranslations('people');
  const common = useTranslations('common');
  return (
    <section aria-label={title}>
      <div className="flex min-h-9 items-center justify-between gap-3">
        <h3 className="font-medium">{title}</h3>
        {isKnown && (
          <Button look="quiet" size="small" onClick={onAdd}>
            <Plus size={15} />
            {add}
          </Button>
        )}
      </div>
      <p className="text-ink-muted text-meta">{text}</p>
      {!isKnown && error === null && (
        <p role="status" className="mt-2 text-ink-muted text-list">
          {t('loading')}
        </p>
      )}
      {!isKnown && error !== null && (
        <p className="mt-2 flex items-center gap-3 text-danger text-list">
          {t('failed')}
          <Button size="small" onClick={onRetry}>
            {common('retry')}
          </Button>
        </p>
      )}
      {isKnown && children}
    </section>
  );
}
