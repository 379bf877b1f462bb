'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSession } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import type { Sanitizer } from '@/lib/client/compose/html';
import { isSameAddress } from '@/lib/client/compose/plus-address';
import { formatRecipient } from '@/lib/client/compose/recipients';
import { writtenAs } from '@/lib/client/compose/written-as';
import { identitiesQuery } from '@/lib/client/people/identities';
import { identityOf, labelsOf } from '@/lib/client/people/told-apart';
import { displayText } from '@/lib/text/bidi';

/** Who writes, to be chosen where there are several; the signature goes with it. */
export function FromField({ store, sanitize }: { store: ComposerStore; sanitize: Sanitizer }) {
  const t = useTranslations('compose');
  const id = useId();
  const written = useValue(store.written);
  const { accountId, from } = written;
  const { accounts } = useSession();
  const { data } = useQuery(identitiesQuery);
  const own = data?.filter((one) => one.accountId === accountId) ?? [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const current = own.find((one) => one.id === chosenId) ?? identityOf(own, written);
  const labels = labelsOf(own);
  if (own.length < 2 && accounts.length < 2) return null;
  const choose = (chosen: string) => {
    const next = own.find((one) => one.id === chosen);
    if (next === undefined) return;
    setChosenId(chosen);
    store.change(writtenAs(store.written.get(), current, next, sanitize));
  };
  return (
    <div className="flex items-center gap-2 border-line border-b px-4 touch:min-h-12">
      <label htmlFor={id} className="shrink-0 text-ink-muted text-list">
        {t('from')}
      </label>
      {own.length < 2 ? (
        <bdi id={id} className="truncate py-2 text-list">
          {displayText(from.email)}
        </bdi>
      ) : (
        <select
          id={id}
          value={current?.id ?? ''}
          onChange={(event) => choose(event.target.value)}
          className="h-10 min-w-0 flex-1 bg-transparent text-list touch:text-title"
        >
          {current === null && <option value="">{displayText(formatRecipient(from))}</option>}
          {own.map((identity, at) => (
            <option key={identity.id} value={identity.id ?? ''}>
              {displayText(
                identity === current && !isSameAddress(from.email, identity.email)
                  ? formatRecipient(from)
                  : (labels[at] ?? ''),
              )}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
