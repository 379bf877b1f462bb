'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Segmented } from '@/components/ui/segmented';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toast';
import { addAccount } from '@/lib/client/accounts/call';
import { type ApiError, asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { queryKeys } from '@/lib/client/query-keys';
import type { Account } from '@/lib/contract/operations';
import { sentenceOf } from '../sentence-of';

interface AccountFormProps {
  /** Whose password is asked for again; null: another account is added. */
  account: Account | null;
  onClose: () => void;
}

/** Asks for the login of an account; its mail server is asked before anything is kept. */
export function AccountForm({ account, onClose }: AccountFormProps) {
  const { queries } = useMail();
  const t = useTranslations('accounts');
  const common = useTranslations('common');
  const [username, setUsername] = useState(account?.username ?? '');
  const [password, setPassword] = useState('');
  const [protocol, setProtocol] = useState(account?.protocol ?? 'imap');
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isWhole = username.trim() !== '' && password !== '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole) return;
    setBusy(true);
    setProblem(null);
    try {
      const added = await addAccount({ username, password, protocol });
      await queries.invalidateQueries({ queryKey: queryKeys.session });
      toast({ text: t(account === null ? 'added' : 'opened', { name: added.username }) });
      onClose();
    } catch (thrown) {
      setProblem(asApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(account === null ? 'addTitle' : 'passwordTitle')}
      className="max-w-[min(26rem,calc(100vw-2rem))]"
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4 px-5 pt-2 pb-5">
        {problem !== null && <Problem problem={problem} />}
        <TextField
          label={t('username')}
          type="text"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          dir="auto"
          maxLength={1_024}
          readOnly={isBusy || account !== null}
          {...(account === null ? { 'data-autofocus': '' } : {})}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="off"
          maxLength={1_024}
          readOnly={isBusy}
          {...(account === null ? {} : { 'data-autofocus': '' })}
          value={password}
          hint={t('passwordHint')}
          onChange={(event) => setPassword(event.target.value)}
        />
        {account === null && (
          <div>
            <p aria-hidden="true" className="mb-1.5 font-medium text-ink-2 text-list">
              {t('protocol')}
            </p>
            <Segmented
              label={t('protocol')}
              value={protocol}
              options={(['imap', 'pop3'] as const).map((value) => ({ value, label: value.toUpperCase() }))}
              onChange={setProtocol}
              className="flex w-full"
            />
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={isBusy} disabled={!isWhole}>
            {t(account === null ? 'submit' : 'save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Problem({ problem }: { problem: ApiError }) {
  const t = useTranslations('accounts');
  const actions = useTranslations('actions');
  const { code, detail } = problem;
  const known = code === 'passwordRefused' ? 'wrong' : code === 'conflict' ? 'own' : null;
  const isUnknown = code === 'invalid' && detail === 'username';
  const { title, advice } = sentenceOf(actions, code);
  const said = known !== null ? t(known) : isUnknown ? t('unknownDomain') : `${title} ${advice}`;
  return (
    <p role="alert" className="rounded-box bg-danger-wash px-3 py-2.5 text-list">
      {said}
    </p>
  );
}
