'use client';

import { Menu } from 'lucide-react';
import { type FocusEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useIsUnited, useMailboxes, useMailLocation, useSession } from '@/lib/client/app/hooks';
import type { MailLocation } from '@/lib/client/location';
import { SearchField } from './search-field';
import { leaveSearch, originOf, searchIn } from './search-place';
import { SearchScope } from './search-scope';

/** The search field, with the way to the folders beside it and the scope below whenever there is something to search for. */
export function SearchBox() {
  const app = useMail();
  const sidebar = useTranslations('sidebar');
  const location = useMailLocation();
  const { query, scope } = location;
  const [typed, setTyped] = useState(query);
  const field = useRef<HTMLInputElement>(null);
  const { isInUse, handlers } = useInUse();
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
        <SearchField field={field} typed={typed} query={query} onType={setTyped} onClear={clear} />
      </form>
      {hasScopes && (query !== '' || isInUse) && (
        <SearchScope
          scope={isUnited ? 'accounts' : scope}
          hasAccounts={hasAccounts}
          isFloating={query === ''}
          onChange={(next) => searchIn(app, next, typed.trim())}
        />
      )}
    </search>
  );
}

/** Whether the focus is in the search; the way to the folders beside it is no part of that. */
function useInUse() {
  const [isInUse, setInUse] = useState(false);
  const isSearching = (at: EventTarget | null) => at instanceof Element && at.closest('[data-menu]') === null;
  const handlers = {
    onFocus: (event: FocusEvent) => setInUse(isSearching(event.target)),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
      setInUse(currentTarget.contains(relatedTarget) && isSearching(relatedTarget)),
  };
  return { isInUse, handlers };
}
