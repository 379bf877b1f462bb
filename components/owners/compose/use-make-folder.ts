'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { queryKeys } from '@/lib/client/query-keys';
import { sentences } from '@/lib/contract/sentences';
import type { Mailbox } from '@/lib/mail/model';

type Role = 'drafts' | 'sent';

/** Makes the folder that writing needs, where the mail server has none. */
export interface MakeFolder {
  /** Asks once in this page whether to make it. Gives whether it is there now. */
  offer(accountId: string, role: Role): Promise<boolean>;
  /** Makes it. Gives whether it is there now; what fails is told. */
  make(accountId: string, role: Role): Promise<boolean>;
}

/** By account and role; who said no is asked again when the page is opened anew. */
const offered = new Set<string>();

export function useMakeFolder(): MakeFolder {
  const { queries } = useMail();
  const t = useTranslations('compose');
  const roles = useTranslations('sidebar.role');
  return useMemo(() => {
    const knows = (accountId: string, role: Role) =>
      queries.getQueryData<Mailbox[]>(queryKeys.mailboxes(accountId))?.some((mailbox) => mailbox.role === role);
    const make = async (accountId: string, role: Role) => {
      try {
        await call('createMailbox', { params: { accountId }, body: { name: roles(role), parentId: null, role } });
      } catch (thrown) {
        const { code } = asApiError(thrown);
        // Somebody else was asked as well.
        if (code !== 'conflict') {
          const detail = code === 'offline' ? t('offline') : sentences[code].title;
          toast({ tone: 'problem', text: t('notMade', { name: roles(role) }), detail, key: `make ${role}` });
          return false;
        }
      }
      await queries.invalidateQueries({ queryKey: queryKeys.mailboxes(accountId) });
      return true;
    };
    return {
      make,
      async offer(accountId, role) {
        const known = knows(accountId, role);
        const key = `${accountId} ${role}`;
        if (known !== false || offered.has(key)) return known === true;
        offered.add(key);
        const isWanted = await ask({
          title: t(`make.${role}Title`),
          text: t(`make.${role}Text`),
          confirm: t('make.confirm'),
          decline: t('make.decline'),
        });
        return isWanted && (await make(accountId, role));
      },
    };
  }, [queries, t, roles]);
}
