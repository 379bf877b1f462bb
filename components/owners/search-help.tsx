// biome-ignore-all lint/a11y/useSemanticElements: what completes a field is no <select>
'use client';

import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useDeferredValue, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ActionChip } from '@/components/ui/chip';
import { classes } from '@/components/ui/classes';
import { MoreWords } from '@/components/ui/more-words';
import { useAccount, useIsUnited, useMailboxes, useSettings } from '@/lib/client/app/hooks';
import { callPeople } from '@/lib/client/people/call';
import { queryKeys } from '@/lib/client/query-keys';
import { type Completion, completionsOf, endOfLine } from '@/lib/client/search/complete';
import { today } from '@/lib/client/search/today';
import searching from '@/messages/search.en.json';
import { useMailboxName } from './mailbox-name';
import { CompletionText } from './search-completion';

/** What the field hears from its help. */
export interface SearchHelpKeys {
  /** Gives true where it has taken the key. */
  press: (event: KeyboardEvent) => boolean;
}

interface SearchHelpProps {
  id: string;
  typed: string;
  /** Puts a line into the field, which keeps the focus. */
  onType: (text: string) => void;
  keys: RefObject<SearchHelpKeys | null>;
  /** The choice that the keyboard is on, by its id in the document; null without one. */
  onActive: (id: string | null) => void;
}

const begun = ['from', 'to', 'subject', 'in', 'label', 'after', 'before', 'larger'] as const;
const whole = { attachment: 'has:attachment', unread: 'is:unread', flagged: 'is:flagged' } as const;

/** What a search can ask for, as chips; while something is typed that has a few answers, those. */
export function SearchHelp(props: SearchHelpProps) {
  return (
    <MoreWords words={searching}>
      <Help {...props} />
    </MoreWords>
  );
}

function Help({ id, typed, onType, keys, onActive }: SearchHelpProps) {
  const t = useTranslations('searching');
  const { labels } = useSettings();
  const choices = useCompletions(typed);
  const [place, setPlace] = useState<{ of: string; at: number } | null>(null);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const shown = dismissed === typed ? [] : choices;
  const active = place?.of === typed && place.at < shown.length ? place.at : -1;
  const activeId = active === -1 ? null : `${id}-${active}`;
  useEffect(() => {
    onActive(activeId);
    return () => onActive(null);
  }, [onActive, activeId]);
  useEffect(() => {
    const press = (event: KeyboardEvent): boolean => {
      if (shown.length === 0) return false;
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const chosen = shown[active];
      if (by !== undefined)
        setPlace({ of: typed, at: (Math.max(active, by === 1 ? -1 : 0) + by + shown.length) % shown.length });
      else if (event.key === 'Escape') setDismissed(typed);
      else if (event.key === 'Enter' && chosen !== undefined) onType(chosen.text);
      else return false;
      event.preventDefault();
      return true;
    };
    keys.current = { press };
    return () => {
      keys.current = null;
    };
  }, [keys, shown, active, typed, onType]);
  const add = (words: string) => onType(typed === '' || /[\s(]$/.test(typed) ? typed + words : `${typed} ${words}`);
  if (shown.length > 0)
    return (
      <div id={id} role="listbox" aria-label={t('suggestions')} className="max-h-80 overflow-y-auto p-1">
        {shown.map((choice, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={choice.text}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            onClick={() => onType(choice.text)}
            className={classes(
              'flex cursor-pointer items-center gap-2.5 rounded-inner px-2 py-1.5 text-list touch:min-h-11',
              at === active ? 'bg-wash' : 'hover:bg-hover',
            )}
          >
            <CompletionText choice={choice} />
          </div>
        ))}
      </div>
    );
  return (
    <fieldset className="flex flex-wrap gap-1.5 px-3 pt-1 pb-3">
      <legend className="sr-only">{t('narrow')}</legend>
      {begun
        .filter((name) => name !== 'label' || labels.length > 0)
        .map((name) => (
          <ActionChip key={name} onClick={() => add(`${name}:`)}>
            {t(`operators.${name}`)}
          </ActionChip>
        ))}
      {(['attachment', 'unread', 'flagged'] as const).map((name) => (
        <ActionChip key={name} onClick={() => add(`${whole[name]} `)}>
          {t(`operators.${name}`)}
        </ActionChip>
      ))}
    </fieldset>
  );
}

function useCompletions(typed: string): Completion[] {
  const { labels } = useSettings();
  const { mailboxes = [] } = useMailboxes(useAccount().id);
  const isUnited = useIsUnited();
  const nameOf = useMailboxName();
  const end = useDeferredValue(endOfLine(typed));
  const q = end?.operator === 'from' || end?.operator === 'to' ? end.value.trim() : '';
  const { data } = useQuery({
    queryKey: [...queryKeys.contacts, 'completions', q],
    queryFn: ({ signal }) => callPeople('searchContacts', { query: { q, limit: 6 }, signal }),
    enabled: q !== '' && q.length <= 200,
    staleTime: 30_000,
  });
  const people = q === '' ? [] : (data?.addresses ?? []);
  // Of all accounts each has folders of its own.
  const folders = isUnited ? [] : mailboxes.map(nameOf);
  return completionsOf(typed, { people, folders, labels, today: today() });
}
