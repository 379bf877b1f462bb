import { useTranslations } from 'use-intl';
import { Segmented } from '@/components/ui/segmented';
import { TextField } from '@/components/ui/text-field';
import type { Adding } from './use-adding';

/** The address and its password; `isNew` false: the password alone, of an account that is there. */
export function LoginStep({ adding, isNew }: { adding: Adding; isNew: boolean }) {
  const t = useTranslations('accounts');
  const { login, setLogin, isBusy } = adding;
  return (
    <>
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
        readOnly={isBusy || !isNew}
        {...(isNew ? { 'data-autofocus': '' } : {})}
        value={login.username}
        onChange={(event) => setLogin({ username: event.target.value })}
      />
      <TextField
        label={t('password')}
        type="password"
        autoComplete="off"
        maxLength={1_024}
        readOnly={isBusy}
        {...(isNew ? {} : { 'data-autofocus': '' })}
        value={login.password}
        hint={t('passwordHint')}
        onChange={(event) => setLogin({ password: event.target.value })}
      />
      {isNew && (
        <div>
          <p aria-hidden="true" className="mb-1.5 font-medium text-ink-2 text-list">
            {t('protocol')}
          </p>
          <Segmented
            label={t('protocol')}
            value={login.protocol}
            options={(['imap', 'pop3'] as const).map((value) => ({ value, label: value.toUpperCase() }))}
            onChange={(protocol) => setLogin({ protocol })}
            className="flex w-full"
          />
        </div>
      )}
    </>
  );
}
