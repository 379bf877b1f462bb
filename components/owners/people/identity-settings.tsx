'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronUp } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { useAccount } from '@/lib/client/app/hooks';
import { callPeople } from '@/lib/client/people/call';
import { identitiesQuery } from '@/lib/client/people/identities';
import { queryKeys } from '@/lib/client/query-keys';
import type { Identity } from '@/lib/contract/identities';
import { displayText } from '@/lib/text/bidi';
import { IdentityForm } from './identity-form';
import { KeptList } from './kept-list';
import { useNotKept } from './not-kept';

/** The identities of the account in sight, the default marked; each opens to be changed. */
export function IdentitySettings() {
  const t = useTranslations('people.identities');
  const account = useAccount();
  const notKept = useNotKept();
  const query = useQuery(identitiesQuery);
  const own = query.data?.filter(({ accountId }) => accountId === account.id) ?? [];
  const moveUp = (id: string, position: number) =>
    callPeople('updateIdentity', { params: { identityId: id }, body: { position } });
  return (
    <KeptList
      kind="identities"
      query={query}
      queryKey={queryKeys.identities}
      items={own}
      nameOf={nameOf}
      mark={({ isDefault }) =>
        isDefault &&
        own.length > 1 && (
          <span className="ms-2 rounded-[4px] border border-line px-1 font-normal text-ink-muted text-meta">
            {t('default')}
          </span>
        )
      }
      below={({ id, email }) => (
        <>
          <p className="truncate text-ink-muted">
            <bdi>{displayText(email)}</bdi>
          </p>
          {id === null && <p className="text-ink-muted text-meta">{t('ofLogin')}</p>}
        </>
      )}
      actions={({ id, ...identity }, at, again) =>
        at > 0 &&
        id !== null && (
          <IconButton
            size="small"
            label={t('up', { name: nameOf(identity) })}
            icon={<ChevronUp size={17} />}
            onClick={() =>
              void moveUp(id, at - 1)
                .then(again)
                .catch(notKept)
            }
          />
        )
      }
      remove={(_, id) => callPeople('deleteIdentity', { params: { identityId: id } })}
      restore={({ id: _, ...identity }) => callPeople('createIdentity', { body: identity })}
      form={(identity, onClose, onKept) => (
        <IdentityForm accountId={account.id} identity={identity} suggested={own[0]} onClose={onClose} onKept={onKept} />
      )}
    />
  );
}

const nameOf = ({ name, email }: Pick<Identity, 'name' | 'email'>): string => displayText(name === '' ? email : name);
