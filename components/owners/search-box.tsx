'use client';

import { Menu } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type FocusEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useIsUnited, useMailboxes, useMailLocation, useSession } from '@/lib/client/app/hooks';
import type { MailLocation } from '@/lib/client/location';
import { flaggedQuery } from './commands/use-runner';
import { loadSearchHelp, loadSearchTerms } from './list-parts';
import { SearchField } from './search-field';
import type { SearchHelpKeys } from './search-help';
import { leaveSearch, originOf, searchIn } from './search-place';
import { SearchScope } from './search-scope';
import { useShownLabel } from './shown-label';

const SearchHelp = dynamic(() => loadSearchHelp().then((module) => module.SearchHelp), { ssr: false });
const SearchTerms = dynamic(() => loadSearchTerms().then((module) => module.SearchTerms), { ssr: false });

/** The search field, with the way to the folders beside it and the scope below whenever there is something to search for. */
export function SearchBox() {
  const app = useMail();
  const sidebar = useTranslations('sidebar');
  const location = useMailLocation();
  const { query, scope } = location;
  const [typed, setTyped] = useState(query);
  const field = useRef<HTMLInputElement>(null);
  const { isInUse, isTyping, handlers } = useInUse();
  const id = useId();
  const keys = useRef<SearchHelpKeys>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  useEffect(() => {
    setTyped(query);
  }, [query]);
  const search = (change: Partial<MailLocation>) =>
    app.navigation.go({ messageId: null, filter: null, query: typed.trim(), ...change });
  const clear = () => {
    setTyped('');
    leaveSearch(app);
  };
  const { accounts } = useSession();
  const isUnited = useIsUnited();
  const hasAccounts = accounts.length > 1;
  // Whoever began at all Inboxes has no folder to narrow it to.
  const isFromAccount = !isUnited || originOf(location) !== null;
  const hasFolders = (useMailboxes(useAccount().id).mailboxes?.length ?? 0) > 1;
  const hasScopes = isFromAccount && (hasFolders || hasAccounts);
  // What has a name of its own stands in the title.
  const isTitled = useShownLabel() !== undefined || query === flaggedQuery;
  const scopes = (className: string) => (
    <SearchScope
      className={className}
      scope={isUnited ? 'accounts' : scope}
      hasAccounts={hasAccounts}
      onChange={(next) => searchIn(app, next, typed.trim())}
    />
  );
  return (
    <search className="relative block px-3 pt-3 pb-2" {...handlers}>
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          search({});
          field.current?.blur();
        }}
      >
        <IconButton
          label={sidebar('menu')}
          icon={<Menu size={20} />}
          className="-ms-1.5 min-[75rem]:hidden"
          data-menu=""
          onClick={() => app.drawer.set(true)}
        />
        <SearchField
          field={field}
          typed={typed}
          query={query}
          onType={setTyped}
          onClear={clear}
          help={{ id, activeId, press: (event) => keys.current?.press(event) === true }}
        />
      </form>
      {query !== '' && hasScopes && scopes('mt-2 w-full')}
      {query !== '' && !isTitled && <SearchTerms />}
      {(isTyping || (isInUse && query === '')) && (
        <Floating>
          {query === '' && hasScopes && <div className="px-3 pt-1 pb-2">{scopes('w-full')}</div>}
          {isTyping && <SearchHelp id={id} typed={typed} onType={setTyped} keys={keys} onActive={setActiveId} />}
        </Floating>
      )}
    </search>
  );
}

/** Lies over what is below, so that the rows do not move when it comes and goes, and keeps the focus in the field. */
function Floating({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: without this the focus, and with it all of this, is gone before the click
    <div
      onMouseDown={(event) => event.preventDefault()}
      className="absolute inset-x-0 top-full z-20 -mt-2 border-line border-b bg-surface shadow-float"
    >
      {children}
    </div>
  );
}

/** Whether the focus is in the search, and whether in its line; the way to the folders beside it is no part of that. */
function useInUse() {
  const [focused, setFocused] = useState<'line' | 'other' | null>(null);
  const placeOf = (at: EventTarget | null) =>
    !(at instanceof HTMLElement) || at.dataset.menu !== undefined
      ? null
      : at.dataset.search === undefined
        ? 'other'
        : 'line';
  const handlers = {
    onFocus: (event: FocusEvent) => setFocused(placeOf(event.target)),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
      setFocused(currentTarget.contains(relatedTarget) ? placeOf(relatedTarget) : null),
  };
  return { isInUse: focused !== null, isTyping: focused === 'line', handlers };
}
