'use client';

import { BellOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { openComposer } from '@/lib/client/compose/panels';
import { sentences } from '@/lib/contract/sentences';
import type { Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { askLook } from './ask-look';

interface UnsubscribeProps {
  accountId: string;
  messageId: string;
  unsubscribe: NonNullable<Message['unsubscribe']>;
}

/** Leaves a mailing list, when the person says so: by one click (RFC 8058), by a page of the sender, or by an address to write to. */
export function Unsubscribe({ accountId, messageId, unsubscribe }: UnsubscribeProps) {
  const t = useTranslations('asks');
  const app = useMail();
  const { sending } = useAccount();
  const [isBusy, setBusy] = useState(false);
  const page = pageOf(unsubscribe.urls);
  const address = unsubscribe.urls.map(addressOf).find((email) => email !== null);
  if (page === undefined) {
    const mailto = unsubscribe.urls.find((url) => addressOf(url) === address);
    if (address != null && mailto !== undefined && sending !== null) {
      return (
        <button
          type="button"
          onClick={() => openComposer(app, { kind: 'mailto', accountId, url: mailto })}
          className={askLook}
        >
          <BellOff size={14} aria-hidden="true" />
          {t('unsubscribeByMail')}
        </button>
      );
    }
    return address == null ? null : (
      <p className="flex items-start gap-1.5 [overflow-wrap:anywhere]">
        <BellOff size={14} aria-hidden="true" className="mt-px shrink-0" />
        {t('mailto', { email: displayText(address) })}
      </p>
    );
  }

  const openPage = () => void window.open(page.href, '_blank', 'noopener,noreferrer');
  async function leaveByClick(target: string) {
    setBusy(true);
    try {
      const { host, isAccepted } = await call('unsubscribe', { params: { accountId, messageId } });
      if (isAccepted) toast({ text: t('unsubscribed', { host }), detail: t('unsubscribedText') });
      else {
        const action = { label: t('openPage'), onPress: openPage };
        toast({ text: t('notUnsubscribed', { host }), detail: t('notUnsubscribedText'), tone: 'problem', action });
      }
    } catch (error) {
      const { code } = asApiError(error);
      const detail = code === 'offline' ? t('offline') : sentences[code].title;
      toast({ text: t('notTold', { host: target }), detail, tone: 'problem' });
    } finally {
      setBusy(false);
    }
  }

  async function leave(host: string) {
    const { isOneClick } = unsubscribe;
    const isSure = await ask({
      title: t('unsubscribeTitle'),
      text: t(isOneClick ? 'oneClickText' : 'linkText', { host }),
      confirm: t(isOneClick ? 'unsubscribe' : 'openPage'),
    });
    if (!isSure) return;
    if (isOneClick) await leaveByClick(host);
    else openPage();
  }

  return (
    <button
      type="button"
      disabled={isBusy}
      aria-busy={isBusy || undefined}
      onClick={() => void leave(page.host)}
      className={askLook}
    >
      <BellOff size={14} aria-hidden="true" />
      {t('unsubscribe')}
    </button>
  );
}

/** The first page over https, which is what one click is sent to; else one over http. */
function pageOf(urls: readonly string[]): URL | undefined {
  const pages = urls.map((url) => new URL(url)).filter(({ protocol }) => protocol !== 'mailto:');
  return pages.find(({ protocol }) => protocol === 'https:') ?? pages[0];
}

function addressOf(url: string): string | null {
  if (!/^mailto:/i.test(url)) return null;
  const [address = ''] = url.slice('mailto:'.length).split('?');
  try {
    return decodeURIComponent(address);
  } catch (error) {
    if (error instanceof URIError) return address;
    throw error;
  }
}
