'use client';

import { type QueryKey, type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useNotKept } from './not-kept';
import { SettingsSection } from './settings-section';

interface KeptListProps<T extends { id: string | null }> {
  kind: 'identities' | 'templates';
  query: Pick<UseQueryResult, 'data' | 'error' | 'refetch'>;
  queryKey: QueryKey;
  items: readonly T[];
  /** Said where there are none. */
  empty?: string;
  nameOf: (item: T) => string;
  /** What stands behind its name, and below it. */
  mark?: (item: T) => ReactNode;
  below: (item: T) => ReactNode;
  /** Before those for all: to change it, and to delete it. */
  actions?: (item: T, at: number, again: () => Promise<void>) => ReactNode;
  /** How one goes, and how Undo makes it again. */
  remove: (item: T, id: string) => Promise<unknown>;
  restore: (item: T) => Promise<unknown>;
  /** What is shown while one is written; null: a new one. */
  form: (item: T | null, onClose: () => void, onKept: () => void) => ReactNode;
}

/** A list of what the person keeps in the settings: each opens to be changed, and goes with Undo. What has no id is made by us, and stays. */
export function KeptList<T extends { id: string | null }>(props: KeptListProps<T>) {
  const { kind, query, queryKey, items, empty, nameOf, mark, below, actions, remove, restore, form } = props;
  const queries = useQueryClient();
  const t = useTranslations(`people.${kind}`);
  const words = useTranslations('people');
  const notKept = useNotKept();
  const [edited, setEdited] = useState<T | 'new' | null>(null);
  const again = () => queries.invalidateQueries({ queryKey });
  const destroy = async (item: T, id: string) => {
    await remove(item, id);
    await again();
    const onPress = () => void restore(item).then(again).catch(notKept);
    toast({ text: t('deleted', { name: nameOf(item) }), action: { label: words('undo'), onPress } });
  };
  return (
    <SettingsSection
      title={t('title')}
      text={t('text')}
      add={t('add')}
      onAdd={() => setEdited('new')}
      isKnown={query.data !== undefined}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {items.length === 0 && empty !== undefined && <p className="mt-2 text-ink-muted text-list">{empty}</p>}
      {items.length > 0 && (
        <ul className="mt-2 divide-y divide-line rounded-box border border-line">
          {items.map((item, at) => (
            <li key={item.id ?? ''} className="flex items-center gap-1 py-1.5 ps-3 pe-1">
              <div className="min-w-0 flex-1 text-list">
                <p className="truncate font-medium">
                  <bdi>{nameOf(item)}</bdi>
                  {mark?.(item)}
                </p>
                {below(item)}
              </div>
              {actions?.(item, at, again)}
              <IconButton
                size="small"
                label={t('edit', { name: nameOf(item) })}
                icon={<Pencil size={16} />}
                onClick={() => setEdited(item)}
              />
              {item.id !== null && (
                <IconButton
                  size="small"
                  label={`${words('delete')} ${nameOf(item)}`}
                  icon={<Trash2 size={16} />}
                  onClick={() => void destroy(item, item.id ?? '').catch(notKept)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {edited !== null &&
        form(
          edited === 'new' ? null : edited,
          () => setEdited(null),
          () => void again(),
        )}
    </SettingsSection>
  );
}
