'use client';

import { Menu, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { Kbd } from '@/components/ui/kbd';
import { Segmented } from '@/components/ui/segmented';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes, useMailLocation } from '@/lib/client/app/hooks';
import type { MailLocation } from '@/lib/client/location';

/** The search field; the scope stands below it whenever there is something to search for. */
export function SearchBox() {
  const app = useMail();
  const t = useTranslations('search');
  const sidebar = useTranslations('sidebar');
  const { query, scope } = useMailLocation();
  const [typed, setTyped] = useState(query);
  const [hasFocus, setFocus] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setTyped(query);
  }, [query]);
  const search = (change: Partial<MailLocation>) =>
    app.navigation.go({ messageId: null, filter: null, query: typed.trim(), ...change });
  const clear = () => {
    setTyped('');
    app.navigation.go({ query: '', scope: 'account', messageId: null });
  };
  const hasScopes = (useMailboxes(useAccount().id).mailboxes?.length ?? 0) > 1;
  const isScopeShown = hasScopes && (query !== '' || typed !== '' || hasFocus);
  return (
    <search
      className="px-3 pt-3 pb-2"
      onFocus={() => setFocus(true)}
      onBlur={(event) => setFocus(event.currentTarget.contains(event.relatedTarget))}
    >
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
          onClick={() => app.drawer.set(true)}
        />
        <label className="flex h-[38px] min-w-0 flex-1 items-center gap-2 rounded-box border border-line bg-raised ps-3 pe-1 text-ink-muted focus-within:border-focus hover:border-line-strong touch:h-11">
          <Search size={17} aria-hidden="true" className="shrink-0" />
          <span className="sr-only">{t('label')}</span>
          <input
            ref={field}
            data-search=""
            type="text"
            enterKeyHint="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={2_000}
            value={typed}
            placeholder={hasFocus ? t('hints') : t('placeholder')}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              if (typed === '' || typed === query) field.current?.blur();
              else setTyped(query);
            }}
            className="h-full min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-ink-muted touch:text-title"
          />
          {typed === '' ? (
            <Kbd keys="/" className="pe-1.5 max-md:hidden" />
          ) : (
            <IconButton size="small" label={t('clear')} icon={<X size={16} />} onClick={clear} />
          )}
        </label>
      </form>
      {isScopeShown && (
        <Segmented
          className="mt-2 w-full"
          label={t('scope')}
          value={scope}
          options={[
            { value: 'account', label: t('everywhere') },
            { value: 'mailbox', label: t('here') },
          ]}
          onChange={(next) => (typed.trim() === '' ? app.navigation.go({ scope: next }) : search({ scope: next }))}
        />
      )}
    </search>
  );
}
