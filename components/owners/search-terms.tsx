'use client';

import { X } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { ActionChip } from '@/components/ui/chip';
import { MoreWords } from '@/components/ui/more-words';
import { useMail } from '@/lib/client/app/context';
import { useMailLocation, useSettings } from '@/lib/client/app/hooks';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import { formatQuery, maxQueryLength, type Query, termsOf } from '@/lib/mail/query';
import { states } from '@/lib/mail/query/operator';
import { displayText } from '@/lib/text/bidi';
import searching from '@/messages/search.en.json';
import { leaveSearch } from './search-place';

/** What a search asks for beside its words, as chips that take it out of the question. */
export function SearchTerms() {
  return (
    <MoreWords words={searching}>
      <Terms />
    </MoreWords>
  );
}

function Terms() {
  const t = useTranslations('searching');
  const app = useMail();
  const { query } = useMailLocation();
  const { labels } = useSettings();
  const say = useSayTerm();
  const terms = query.length > maxQueryLength ? [] : termsOf(query, { labels });
  const chips = terms.filter((term) => term.query.type !== 'text');
  if (chips.length === 0) return null;
  const without = (gone: (typeof terms)[number]) => {
    const rest = terms.filter((term) => term !== gone).map(({ source }) => source);
    if (rest.length === 0) leaveSearch(app);
    else app.navigation.go({ query: rest.join(' '), messageId: null });
  };
  return (
    <fieldset className="mt-2 flex flex-wrap gap-1.5">
      <legend className="sr-only">{t('wanted')}</legend>
      {chips.map((term, at) => (
        <ActionChip
          key={`${at} ${term.source}`}
          isOn
          aria-label={t('remove', { term: say(term.query) })}
          className="max-w-full"
          onClick={() => without(term)}
        >
          <bdi className="truncate">{say(term.query)}</bdi>
          <X size={13} aria-hidden="true" className="-me-1 shrink-0" />
        </ActionChip>
      ))}
    </fieldset>
  );
}

/** A term in the person's words; what has none is said as it is typed. */
function useSayTerm(): (query: Query) => string {
  const t = useTranslations('searching');
  const locale = regionalLocale(useLocale());
  const { labels } = useSettings();
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
  const say = (query: Query): string => {
    switch (query.type) {
      case 'from':
      case 'to':
      case 'subject':
        return t(`terms.${query.type}`, { text: displayText(query.text) });
      case 'in':
        return t('terms.in', { text: displayText(query.mailbox) });
      case 'hasAttachment':
        return t('terms.attachment');
      case 'before':
      case 'after':
        return t(`terms.${query.type}`, { date: day(query.date) });
      case 'larger':
      case 'smaller':
        return t(`terms.${query.type}`, { size: formatSize(query.sizeBytes, locale) });
      case 'not':
        return t('not', { term: say(query.term) });
      case 'keyword': {
        const state = stateOf(query);
        if (state !== undefined) return t(`states.${state}`);
        const name = labels.find(({ keyword }) => keyword === query.keyword)?.name ?? query.keyword;
        return t(query.isSet ? 'terms.label' : 'terms.unlabelled', { name: displayText(name) });
      }
      default:
        return displayText(formatQuery(query));
    }
  };
  return say;
}

type State = keyof (typeof searching)['searching']['states'];

function stateOf({ keyword, isSet }: Query & { type: 'keyword' }): State | undefined {
  for (const [name, state] of states)
    if (
      state.type === 'keyword' &&
      state.keyword === keyword &&
      state.isSet === isSet &&
      name in searching.searching.states
    )
      return name as State;
  return undefined;
}
