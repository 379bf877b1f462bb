import { Info } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { rawUrl } from '@/lib/client/reader/message-urls';
import type { Message } from '@/lib/mail/model';
import { Bar } from './bar';

/** What of the message could not be shown whole, said calmly, with the way to the whole. */
export function MessageWarnings({
  accountId,
  message,
  hasFrameFault,
}: {
  accountId: string;
  message: Message;
  hasFrameFault: boolean;
}) {
  const t = useTranslations('reader');
  const sentences = message.warnings.map((warning) => t(`warnings.${warning}`));
  if (hasFrameFault) sentences.unshift(t(message.textBody.some(isPlain) ? 'frameFault' : 'frameFaultOnly'));
  if (sentences.length === 0) return null;
  return (
    <Bar
      icon={<Info size={16} />}
      tone="plain"
      end={
        <a
          href={rawUrl(accountId, message.id)}
          download=""
          className="inline-flex shrink-0 items-center font-semibold text-accent hover:underline touch:min-h-11"
        >
          {t('wholeOriginal')}
        </a>
      }
    >
      {sentences.join(' ')}
    </Bar>
  );
}

const isPlain = ({ type }: { type: string }) => type === 'text/plain';
