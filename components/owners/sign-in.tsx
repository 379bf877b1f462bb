'use client';

import { useTranslations } from 'use-intl';
import { Mark } from '@/components/ui/mark';
import { MoreWords } from '@/components/ui/more-words';
import words from '@/messages/signin.en.json';
import { SignInForm, type SignInFormProps } from './sign-in-form';

type SignInPage = SignInFormProps & { host: string | null };

/** The whole sign-in page: who we are, the form, and in one line where the password goes. */
export function SignIn(page: SignInPage) {
  return (
    <MoreWords words={words}>
      <Page {...page} />
    </MoreWords>
  );
}

function Page({ host, ...form }: SignInPage) {
  const t = useTranslations('signin');
  const common = useTranslations('common');
  return (
    <main className="grid min-h-dvh grid-rows-[1fr_auto_1.2fr] justify-items-center px-5 pt-(--safe-top) pb-(--safe-bottom)">
      <span />
      <div className="w-full max-w-[22.5rem] py-10">
        <header className="mb-7">
          <p className="-ms-0.5 mb-6 flex items-center gap-2.5 font-semibold text-title tracking-[-0.01em]">
            <Mark size={32} className="text-brass" />
            {common('product')}
          </p>
          <h1 className="font-semibold text-[1.5rem] leading-8 tracking-[-0.02em]">{t('title')}</h1>
          <p className="mt-1.5 text-pretty text-ink-muted">{host === null ? t('hosts') : t('host', { host })}</p>
        </header>
        <SignInForm {...form} />
        <noscript>
          <p className="mt-4 text-danger">{t('needsScript')}</p>
        </noscript>
      </div>
      <span />
    </main>
  );
}
