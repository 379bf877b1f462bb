'use client';

import { BellOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import type { Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';

interface UnsubscribeProps {
  unsubscribe: NonNullable<Message['unsubscribe']>;
}

/** Leaves a mailing list, when the person says so: by a page of the sender, or by an address to write to. */
export function Unsubscribe({ unsubscribe }: UnsubscribeProps) {
  const t = useTranslations('asks');
  const page = pageOf(unsubscribe.urls);
  const address = unsubscribe.urls.map(addressOf).find((email) => email !== null);
  if (page === undefined) {
    return address == null ? null : (
      <p className="flex items-start gap-1.5 [overflow-wrap:anywhere]">
        <BellOff size={14} aria-hidden="true" className="mt-px shrink-0" />
        {t('mailto', { email: displayText(address) })}
      </p>
    );
  }

  const openPage = () => void window.open(page.href, '_blank', 'noopener,noreferrer');

  async function leave(host: string) {
    const isSure = await ask({
      title: t('unsubscribeTitle'),
      text: t('linkText', { host }),
      confirm: t('openPage'),
    });
    if (isSure) openPage();
  }

  return (
    <button
      type="button"
      onClick={() => void leave(page.host)}
      className="-mx-1 flex items-center gap-1.5 rounded-[4px] px-1 hover:text-ink-2 hover:underline disabled:opacity-55 touch:min-h-11"
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
