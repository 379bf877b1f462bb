// biome-ignore-all lint/a11y/useSemanticElements: a <select> cannot be one virtual scroll
'use client';

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { Skeleton } from '@/components/ui/skeleton';
import { type ContactFilter, useContactWindow } from '@/lib/client/people/contact-window';
import type { ContactSummary } from '@/lib/contract/contacts';
import { displayText } from '@/lib/text/bidi';
import { avatarOf } from '@/lib/text/initials';
import { useRowWindow } from '../row-window';
import { Empty } from './empty';

const rowHeight = 56;
const skeletonRows = 8;

interface ContactRowsProps {
  filter: ContactFilter;
  chosen: string | null;
  onChoose: (id: string) => void;
  onImport: () => void;
}

/** The contacts as one scroll, of which only what is looked at exists. The arrow keys walk, Enter opens. */
export function ContactRows({ filter, chosen, onChoose, onImport }: ContactRowsProps) {
  const t = useTranslations('people.contacts');
  const words = useTranslations('people');
  const common = useTranslations('common');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(skeletonRows);
  const [place, setCursor] = useState(0);
  const cursor = Math.min(place, count - 1);
  const window = useRowWindow({ count, rowHeight, scroller, startAt: 0 });
  const list = useContactWindow(filter, window);
  const { shown, total } = list;
  if (total !== null && total !== count) setCount(total);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found anew begins at its beginning
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setCursor(0);
  }, [shown]);
  const walk = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: window.pageRows(),
      PageUp: -window.pageRows(),
    };
    const by = steps[event.key] ?? (event.key === 'Home' ? -count : event.key === 'End' ? count : 0);
    const at = list.at(cursor);
    if (event.key === 'Enter' && at !== undefined) onChoose(at.id);
    if (by === 0) return;
    event.preventDefault();
    const next = Math.min(count - 1, Math.max(0, cursor + by));
    setCursor(next);
    window.reveal(next);
  };
  if (total === null && list.error !== null) {
    return (
      <div role="alert" className="flex items-center gap-3 p-4 text-danger text-list">
        {words('failed')}
        <Button size="small" onClick={list.retry}>
          {common('retry')}
        </Button>
      </div>
    );
  }
  if (total === 0) {
    if (shown.q !== '') return <Empty title={t('noneTitle')} text={t('noneText')} />;
    if (shown.groupId !== null) return <Empty title={t('noneTitle')} text={t('emptyGroup')} />;
    return (
      <Empty title={t('emptyTitle')} text={t('emptyText')}>
        <Button className="mt-3" onClick={onImport}>
          {t('import')}
        </Button>
      </Empty>
    );
  }
  return (
    <>
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={t('list')}
        aria-busy={total === null}
        aria-activedescendant={list.at(cursor) === undefined ? undefined : `${id}-${cursor}`}
        onKeyDown={walk}
        className="group/list min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px]"
      >
        <div role="presentation" className="relative" style={{ height: count * rowHeight }}>
          {window.indexes.map((index) => {
            const contact = list.at(index);
            return (
              <div
                key={contact?.id ?? `gap-${index}`}
                role="presentation"
                className="absolute inset-x-0"
                style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
              >
                {contact === undefined ? (
                  <div className="flex h-full items-center gap-3 px-3">
                    <Skeleton className="size-8 rounded-full" />
                    <Skeleton className="h-3.5 w-40" />
                  </div>
                ) : (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
                  <div
                    id={`${id}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={contact.id === chosen}
                    aria-posinset={index + 1}
                    aria-setsize={count}
                    onClick={() => {
                      setCursor(index);
                      onChoose(contact.id);
                    }}
                    className={classes(
                      'flex h-full cursor-pointer items-center gap-3 px-3 hover:bg-hover',
                      contact.id === chosen && 'bg-wash',
                      index === cursor && 'group-focus-visible/list:bg-hover',
                    )}
                  >
                    <ContactLine contact={contact} />
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
      <p aria-live="polite" className="border-line border-t px-3 py-1.5 text-ink-muted text-meta tabular-nums">
        {total !== null && t('count', { count: total })}
      </p>
    </>
  );
}

function ContactLine({ contact: { name, organization, email } }: { contact: ContactSummary }) {
  const shown = name || organization || email || '';
  const { initials, hue } = avatarOf(name || organization || null, email ?? '');
  const second = [shown === organization ? '' : organization, shown === email ? '' : (email ?? '')].filter(Boolean);
  return (
    <>
      <Avatar initials={initials} hue={hue} size={32} />
      <span className="min-w-0 flex-1 text-list">
        <bdi className="block truncate font-medium">{displayText(shown)}</bdi>
        {second.length > 0 && (
          <bdi className="block truncate text-ink-muted text-meta">{displayText(second.join(' · '))}</bdi>
        )}
      </span>
    </>
  );
}
