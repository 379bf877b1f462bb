import type { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { formatFullDate } from '@/lib/client/reader/format-date';
import { formatSize } from '@/lib/client/reader/format-size';
import { partUrl } from '@/lib/client/reader/message-urls';
import { type PrintPage, printMessage } from '@/lib/client/reader/print-message';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { EmailAddress, Message } from '@/lib/mail/model';

/** Prints an open message as it is shown: formatted or plain, with the pictures of other servers that are. Says so where that cannot be. */
export async function printOpen(
  accountId: string,
  message: Message,
  { kind, hrefs }: Pick<PrintPage, 'kind' | 'hrefs'>,
  t: ReturnType<typeof useTranslations<'reader'>>,
): Promise<void> {
  const locale = regionalLocale('en');
  const parts = new Map(message.attachments.flatMap(({ cid, partId }) => (cid === null ? [] : [[cid, partId]])));
  const lines = [
    { label: t('fields.from'), text: people(message.from) },
    { label: t('fields.to'), text: people(message.to) },
    { label: t('fields.cc'), text: people(message.cc) },
    { label: t('fields.received'), text: formatFullDate(message.receivedAt, locale) },
  ];
  try {
    await printMessage({
      message,
      kind,
      hrefs,
      subject: message.subject || t('noSubject'),
      lines: lines.filter(({ text }) => text !== ''),
      files: message.attachments
        .filter(({ isInline }) => !isInline)
        .map(({ name, sizeBytes }) => `${name ?? t('kinds.file')} (${formatSize(sizeBytes, locale)})`),
      cidUrl(cid) {
        const partId = parts.get(cid) ?? parts.get(`<${cid}>`);
        return partId === undefined ? null : partUrl(accountId, message.id, partId, true);
      },
    });
  } catch (thrown) {
    toast({
      tone: 'problem',
      text: t('notPrinted'),
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}

const people = (addresses: readonly EmailAddress[]): string =>
  addresses.map(({ name, email }) => (name === null || name === '' ? email : `${name} <${email}>`)).join(', ');
