'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import { useMail } from '@/lib/client/app/context';
import { callPeople } from '@/lib/client/people/call';
import { queryKeys } from '@/lib/client/query-keys';
import type { ContactGroup } from '@/lib/contract/contacts';
import { displayText } from '@/lib/text/bidi';
import { useNotKept } from './not-kept';

/** The groups of contacts, by name; none while they are not known. */
export function useGroups() {
  const t = useTranslations('people.contacts');
  const words = useTranslations('people');
  const again = useContactsAgain();
  const notKept = useNotKept();
  const { data } = useQuery({
    queryKey: queryKeys.contactGroups,
    queryFn: async ({ signal }) => (await callPeople('listContactGroups', { signal })).groups,
  });
  return {
    all: data ?? [],
    /** Deletes a group, once that was asked. */
    async remove({ id, name }: ContactGroup, onDone: () => void) {
      const title = t('deleteGroupTitle', { name: displayText(name) });
      const isAgreed = await ask({ title, text: t('deleteGroupText'), confirm: words('delete'), isDestructive: true });
      if (!isAgreed) return;
      await callPeople('deleteContactGroup', { params: { groupId: id } }).then(onDone, notKept);
      await again();
    },
  };
}

/** After a change: what is shown of contacts is asked for again. */
export function useContactsAgain(): () => Promise<void> {
  const { queries } = useMail();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: queryKeys.contacts }),
      queries.invalidateQueries({ queryKey: queryKeys.contactGroups }),
      queries.invalidateQueries({ queryKey: queryKeys.learnedAddresses }),
    ]);
  };
}
