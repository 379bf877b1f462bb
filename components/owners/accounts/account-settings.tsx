'use client';

import { ChevronUp, KeyRound, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { MoreWords } from '@/components/ui/more-words';
import { ask } from '@/components/ui/question';
import { toast } from '@/components/ui/toast';
import { removeAccount, updateAccount } from '@/lib/client/accounts/call';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useSession } from '@/lib/client/app/hooks';
import { queryKeys } from '@/lib/client/query-keys';
import type { Account } from '@/lib/contract/operations';
import { displayText } from '@/lib/text/bidi';
import words from '@/messages/accounts.en.json';
import { sentenceOf } from '../sentence-of';
import { AccountForm } from './account-form';
import { AccountLook } from './account-look';

/** The accounts of the person: the one that signs in, and those that were added; each with its name and colour. */
export function AccountSettings() {
  return (
    <MoreWords words={words}>
      <Accounts />
    </MoreWords>
  );
}

function Accounts() {
  const t = useTranslations('accounts');
  const { accounts } = useSession();
  const [asked, setAsked] = useState<Account | 'new' | null>(null);
  const { change, remove } = useChanges();
  return (
    <section aria-label={t('title')}>
      <div className="flex min-h-9 items-center justify-between gap-3">
        <h3 className="font-medium">{t('title')}</h3>
        <Button look="quiet" size="small" onClick={() => setAsked('new')}>
          <Plus size={15} />
          {t('add')}
        </Button>
      </div>
      <p className="text-ink-muted text-meta">{t('text')}</p>
      <ul className="mt-2 divide-y divide-line rounded-box border border-line">
        {accounts.map((account, at) => (
          <li key={account.id} className="flex items-center gap-1 py-1.5 ps-1.5 pe-1">
            <AccountLook account={account} onChange={(look) => void change(account, look)} />
            {account.problem === 'passwordRefused' && (
              <IconButton
                size="small"
                label={t('givePassword', { name: nameOf(account) })}
                icon={<KeyRound size={16} />}
                onClick={() => setAsked(account)}
              />
            )}
            {at > 1 && (
              <IconButton
                size="small"
                label={t('up', { name: nameOf(account) })}
                icon={<ChevronUp size={17} />}
                onClick={() => void change(account, { position: at - 2 })}
              />
            )}
            {at > 0 && (
              <IconButton
                size="small"
                label={t('remove', { name: nameOf(account) })}
                icon={<Trash2 size={16} />}
                onClick={() => void remove(account)}
              />
            )}
          </li>
        ))}
      </ul>
      {asked !== null && <AccountForm account={asked === 'new' ? null : asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

function useChanges() {
  const app = useMail();
  const t = useTranslations('accounts');
  const actions = useTranslations('actions');
  const again = () => app.queries.invalidateQueries({ queryKey: queryKeys.session });
  const failed = (thrown: unknown) => {
    const { code, detail } = asApiError(thrown);
    const text = detail === 'submissions' ? t('waits') : sentenceOf(actions, code).title;
    toast({ tone: 'problem', text: t('notChanged'), detail: text });
  };
  return {
    change: (account: Account, look: Parameters<typeof updateAccount>[1]) =>
      updateAccount(account.id, look).then(again).catch(failed),
    async remove(account: Account) {
      const question = {
        title: t('removeTitle', { name: nameOf(account) }),
        text: t(account.protocol === 'pop3' ? 'removeTextPop3' : 'removeText'),
        confirm: t('removeConfirm'),
        isDestructive: true,
      };
      if (!(await ask(question))) return;
      await removeAccount(account.id)
        .then(() => {
          // What is shown must not be an account that is gone.
          if (app.navigation.get().accountId === account.id)
            app.navigation.go({ accountId: null, mailboxId: null, messageId: null, query: '' }, { isReplacing: true });
          toast({ text: t('removed', { name: nameOf(account) }) });
          return again();
        })
        .catch(failed);
    },
  };
}

const nameOf = ({ name, username }: Account): string => displayText(name === '' ? username : name);
