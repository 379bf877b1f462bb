'use client';

import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';
import { useMail } from '@/lib/client/app/context';
import { queryKeys } from '@/lib/client/query-keys';
import type { Account } from '@/lib/contract/operations';
import { AccountProblem } from './account-problem';
import { FoundStep } from './found-step';
import { HandStep } from './hand-step';
import { LoginStep } from './login-step';
import { isWholeDraft } from './servers-draft';
import { type Adding, type Step, useAdding } from './use-adding';
import { WhereStep } from './where-step';

interface AccountFormProps {
  /** Whose password is asked for again; null: another account is added. */
  account: Account | null;
  onClose: () => void;
}

/** Asks for the login of an account, and where its mail is if the list does not say; its servers are asked before anything is kept. */
export function AccountForm({ account, onClose }: AccountFormProps) {
  const { queries } = useMail();
  const t = useTranslations('accounts');
  const adding = useAdding(account, async (added) => {
    await queries.invalidateQueries({ queryKey: queryKeys.session });
    toast({ text: t(account === null ? 'added' : 'opened', { name: added.username }) });
    onClose();
  });
  const { step, problem } = adding;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady(adding))
      void { login: adding.begin, where: adding.look, found: adding.addChosen, hand: adding.addWritten }[step]();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(account === null ? 'addTitle' : 'passwordTitle')}
      className="max-w-[min(26rem,calc(100vw-2rem))]"
    >
      <form onSubmit={submit} noValidate className="space-y-4 px-5 pt-2 pb-5">
        {problem !== null && <AccountProblem problem={problem} />}
        {step === 'login' && <LoginStep adding={adding} isNew={account === null} />}
        {step === 'where' && <WhereStep adding={adding} />}
        {step === 'found' && <FoundStep adding={adding} />}
        {step === 'hand' && <HandStep adding={adding} />}
        <Foot adding={adding} isNew={account === null} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function Foot({ adding, isNew, onClose }: { adding: Adding; isNew: boolean; onClose: () => void }) {
  const t = useTranslations('accounts');
  const common = useTranslations('common');
  const { step, isBusy } = adding;
  const canAsk = step !== 'where' || adding.told?.sources.length !== 0;
  const words: Record<Step, string> = {
    login: t(isNew ? 'submit' : 'save'),
    where: t('look'),
    found: t('submit'),
    hand: t('submit'),
  };
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {(step === 'where' || step === 'found') && (
        <Button
          look="link"
          className="-ms-3.5 me-auto max-sm:basis-full max-sm:justify-start"
          disabled={isBusy}
          onClick={adding.byHand}
        >
          {t('byHand')}
        </Button>
      )}
      {step === 'login' ? (
        <Button onClick={onClose}>{common('cancel')}</Button>
      ) : (
        <Button onClick={adding.back}>{t('back')}</Button>
      )}
      {canAsk && (
        <Button type="submit" look="primary" isBusy={isBusy} disabled={!isReady(adding)}>
          {words[step]}
        </Button>
      )}
    </div>
  );
}

function isReady({ step, address, login, draft }: Adding): boolean {
  if (step === 'hand') return draft !== null && isWholeDraft(draft);
  return address !== '' && login.password !== '';
}
