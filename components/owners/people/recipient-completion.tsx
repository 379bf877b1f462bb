// biome-ignore-all lint/a11y/useSemanticElements: what completes a field is no <select>
'use client';

import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { PersonText } from '@/components/parts/person-text';
import { classes } from '@/components/ui/classes';
import { toast } from '@/components/ui/toast';
import { asApiError } from '@/lib/client/api-error';
import { callPeople } from '@/lib/client/people/call';
import { isAddress } from '@/lib/client/people/is-address';
import { queryKeys } from '@/lib/client/query-keys';
import { sentences } from '@/lib/contract/sentences';
import type { EmailAddress } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';

type Choice = { type: 'person'; person: EmailAddress } | { type: 'group'; id: string; name: string; count: number };

/**
 * Completes what is typed into a field of recipients from contacts, groups and addresses that were written to: a combobox
 * with a list (WAI-ARIA 1.2). `press` gives true where it has taken the key.
 */
export function useRecipientCompletion(text: string, onChosen: (people: EmailAddress[]) => void) {
  const id = useId();
  const q = useDeferredValue(text.trim());
  const [place, setPlace] = useState<{ of: string; at: number } | null>(null);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: [...queryKeys.contacts, 'completions', q],
    queryFn: ({ signal }) => callPeople('searchContacts', { query: { q, limit: 6 }, signal }),
    enabled: q !== '' && q.length <= 200,
    staleTime: 30_000,
  });
  const isShown = text.trim() === q && q !== '' && dismissed !== q;
  const choices: Choice[] = !isShown || data === undefined ? [] : choicesOf(data);
  // Whoever has typed a whole address means that one; else the likeliest stands ready.
  const ready = isAddress(text) ? -1 : 0;
  const active = choices.length === 0 ? -1 : place?.of === q ? place.at : ready;
  const choose = (choice: Choice) => {
    setDismissed(q);
    if (choice.type === 'person') onChosen([choice.person]);
    else
      callPeople('getContactGroup', { params: { groupId: choice.id } }).then(
        ({ addresses }) => onChosen(addresses),
        (thrown: unknown) => {
          const { code } = asApiError(thrown);
          toast({ tone: 'problem', text: code === 'offline' ? displayText(choice.name) : sentences[code].title });
        },
      );
  };
  const press = (event: KeyboardEvent): boolean => {
    if (choices.length === 0) return false;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = choices[active];
    if (by !== undefined)
      setPlace({ of: q, at: (Math.max(active, by === 1 ? -1 : 0) + by + choices.length) % choices.length });
    else if (event.key === 'Escape') {
      setDismissed(q);
      // It shuts the list, not what the field is in.
      event.stopPropagation();
    } else if (
      (event.key === 'Enter' || event.key === 'Tab') &&
      chosen !== undefined &&
      !event.ctrlKey &&
      !event.metaKey
    )
      choose(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  return {
    press,
    field: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': choices.length > 0,
      'aria-controls': `${id}-list`,
      'aria-activedescendant': active === -1 ? undefined : `${id}-${active}`,
    } as const,
    list: <Choices id={id} choices={choices} active={active} onChoose={choose} />,
  };
}

function choicesOf({
  addresses,
  groups,
}: {
  addresses: (EmailAddress & { contactId: string | null })[];
  groups: { id: string; name: string; count: number }[];
}): Choice[] {
  return [
    ...groups
      .filter(({ count }) => count > 0)
      .slice(0, 3)
      .map((group): Choice => ({ type: 'group', ...group })),
    ...addresses.map(({ name, email }): Choice => ({ type: 'person', person: { name, email } })),
  ];
}

interface ChoicesProps {
  id: string;
  choices: readonly Choice[];
  active: number;
  onChoose: (choice: Choice) => void;
}

function Choices({ id, choices, active, onChoose }: ChoicesProps) {
  const t = useTranslations('compose');
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={t('completions')}
      hidden={choices.length === 0}
      className="absolute inset-x-2 top-full z-20 max-h-80 overflow-y-auto rounded-box border border-line bg-raised p-1 shadow-float"
    >
      {choices.map((choice, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={choice.type === 'group' ? choice.id : choice.person.email}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          // The field keeps the focus: leaving it would take what was typed for an address.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(choice)}
          className={classes(
            'flex cursor-pointer items-center gap-2.5 rounded-inner px-2 py-1.5 text-list touch:min-h-11',
            at === active ? 'bg-wash' : 'hover:bg-hover',
          )}
        >
          {choice.type === 'group' ? <Group {...choice} /> : <PersonText {...choice.person} />}
        </div>
      ))}
    </div>
  );
}

function Group({ name, count }: { name: string; count: number }) {
  const t = useTranslations('compose');
  return (
    <>
      <Users size={18} aria-hidden="true" className="mx-0.5 shrink-0 text-ink-muted" />
      <span className="min-w-0 flex-1 truncate">
        <bdi className="font-medium">{displayText(name)} </bdi>
        <span className="text-ink-muted">{t('groupCount', { count })}</span>
      </span>
    </>
  );
}
