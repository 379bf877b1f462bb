'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Segmented } from '@/components/ui/segmented';
import { TextField } from '@/components/ui/text-field';
import type { ApiErrorCode } from '@/lib/client/api-error';
import { SignInProblem } from './sign-in-problem';
import { requestSignIn, warmToken } from './sign-in-request';

export interface SignInFormProps {
  /** The path to go on to. */
  next: string;
  protocols: ('imap' | 'pop3')[];
  hasEnded: boolean;
}

export function SignInForm({ next, protocols, hasEnded }: SignInFormProps) {
  const t = useTranslations('signin');
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [protocol, setProtocol] = useState(protocols.length > 1 ? protocols[0] : undefined);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiErrorCode | null>(null);
  const [missing, setMissing] = useState<'username' | 'password' | null>(null);
  useEffect(warmToken, []);

  const point = (name: string) => {
    const field = form.current?.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.select();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const username = String(fields.get('username')).trim();
    const password = String(fields.get('password'));
    const absent = username === '' ? 'username' : password === '' ? 'password' : null;
    setMissing(absent);
    setProblem(null);
    if (absent !== null) {
      point(absent);
      return;
    }
    setBusy(true);
    const code = await requestSignIn({ username, password, protocol });
    if (code === null) {
      router.replace(next);
      return;
    }
    setBusy(false);
    setProblem(code);
    point(code === 'invalid' ? 'username' : 'password');
  };

  return (
    // Sent before the script is here, a form without a method would put the password into the address.
    <form ref={form} method="post" onSubmit={submit} noValidate className="space-y-4">
      {hasEnded && problem === null && <p className="rounded-box bg-brass-wash px-3 py-2.5 text-list">{t('ended')}</p>}
      <SignInProblem code={problem} />
      <TextField
        label={t('username')}
        name="username"
        type="text"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus
        dir="auto"
        readOnly={isBusy}
        error={missing === 'username' ? t('usernameMissing') : undefined}
      />
      <TextField
        label={t('password')}
        name="password"
        type={isShown ? 'text' : 'password'}
        autoComplete="current-password"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        readOnly={isBusy}
        error={missing === 'password' ? t('passwordMissing') : undefined}
        end={
          <IconButton
            label={isShown ? t('hidePassword') : t('showPassword')}
            aria-pressed={isShown}
            icon={isShown ? <EyeOff size={18} /> : <Eye size={18} />}
            onClick={() => setShown(!isShown)}
          />
        }
      />
      {protocol !== undefined && (
        <div>
          <p aria-hidden="true" className="mb-1.5 font-medium text-ink-2 text-list">
            {t('protocol')}
          </p>
          <Segmented
            label={t('protocol')}
            value={protocol}
            options={protocols.map((value) => ({ value, label: t(value) }))}
            onChange={setProtocol}
            className="flex w-full"
          />
          <p className="mt-1.5 text-ink-muted text-meta">{t(protocol === 'imap' ? 'imapHint' : 'pop3Hint')}</p>
        </div>
      )}
      <Button type="submit" look="primary" size="large" isBusy={isBusy} className="mt-2 w-full">
        {t('submit')}
      </Button>
    </form>
  );
}
