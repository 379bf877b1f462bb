'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronUp, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { callPeople } from '@/lib/client/people/call';
import { identitiesQuery } from '@/lib/client/people/identities';
import { queryKeys } from '@/lib/client/query-keys';
import type { Identity } from '@/lib/contract/identities';
import { displayText } from '@/lib/text/bidi';
import { IdentityForm } from './identity-form';
import { useNotKept } from './not-kept';
import { SettingsSection } from './settings-section';

/** The identities of the account in sight, the default marked; each opens to be changed. */
export function IdentitySettings() {
  const { queries } = useMail();
  const t = useTranslations('people.identities');
  const words = useTranslations('people');
  const account = useAccount();
  const notKept = useNotKept();
  const [edited, setEdited] = useState<Identity | 'new' | null>(null);
  const { data, error, refetch } = useQuery(identitiesQuery);
  const own = data?.filter(({ accountId }) => accountId === account.id) ?? [];
  const again = () => queries.invalidateQueries({ queryKey: queryKeys.identities });
  const remove = async ({ id, ...identity }: Identity) => {
    if (id === null) return;
    await callPeople('deleteIdentity', { params: { identityId: id } });
    await again();
    toast({
      text: t('deleted', { name: nameOf({ ...identity, id }) }),
      action: {
        label: words('undo'),
        onPress: () => void callPeople('createIdentity', { body: identity }).then(again).catch(notKept),
      },
    });
  };
  const moveUp = async (id: string, position: number) => {
    await callPeople('updateIdentity', { params: { identityId: id }, body: { position } });
    await again();
  };
  return (
    <SettingsSection
      title={t('title')}
      text={t('text')}
      add={t('add')}
      onAdd={() => setEdited('new')}
      isKnown={data !== undefined}
      error={error}
      onRetry={() => void refetch()}
    >
      <ul className="mt-2 divide-y divide-line rounded-box border border-line">
        {own.map((identity, at) => (
          <li key={identity.id ?? ''} className="flex items-center gap-1 py-1.5 ps-3 pe-1">
            <div className="min-w-0 flex-1 text-list">
              <p className="truncate font-medium">
                <bdi>{nameOf(identity)}</bdi>
                {identity.isDefault && own.length > 1 && (
                  <span className="ms-2 rounded-[4px] border border-line px-1 font-normal text-ink-muted text-meta">
                    {t('default')}
                  </span>
                )}
              </p>
              <p className="truncate text-ink-muted">
                <bdi>{displayText(identity.email)}</bdi>
              </p>
              {identity.id === null && <p className="text-ink-muted text-meta">{t('ofLogin')}</p>}
            </div>
            {at > 0 && identity.id !== null && (
              <IconButton
                size="small"
                label={t('up', { name: nameOf(identity) })}
                icon={<ChevronUp size={17} />}
                onClick={() => void moveUp(identity.id ?? '', at - 1).catch(notKept)}
              />
            )}
            <IconButton
              size="small"
              label={t('edit', { name: nameOf(identity) })}
              icon={<Pencil size={16} />}
              onClick={() => setEdited(identity)}
            />
            {identity.id !== null && (
              <IconButton
                size="small"
                label={`${words('delete')} ${nameOf(identity)}`}
                icon={<Trash2 size={16} />}
                onClick={() => void remove(identity).catch(notKept)}
              />
            )}
          </li>
        ))}
      </ul>
      {edited !== null && (
        <IdentityForm
          accountId={account.id}
          identity={edited === 'new' ? null : edited}
          suggested={own[0]}
          onClose={() => setEdited(null)}
          onKept={() => void again()}
        />
      )}
    </SettingsSection>
  );
}

const nameOf = ({ name, email }: Identity): string => displayText(name === '' ? email : name);
