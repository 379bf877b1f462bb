import { FileClock, FileLock, FileX, Info, PenLine } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { formatFullDate } from '@/lib/client/reader/format-date';
import { partUrl } from '@/lib/client/reader/message-urls';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import { reportReason } from '@/lib/client/reader/report-reason';
import type { Message, Protection, Report, ReportOutcome } from '@/lib/mail/model';
import { isolated } from '@/lib/text/bidi';
import { Bar } from './bar';

/** What a message is besides a text: a report, signed, encrypted. Each is its sender's word, and none is praise. */
export function MessageNotes({ accountId, message }: { accountId: string; message: Message }) {
  const { report, protection } = message;
  if (report === null && protection === null) return null;
  return (
    <div className="mb-4 space-y-2">
      {report !== null && <ReportNote report={report} />}
      {protection !== null && (
        <ProtectionNote protection={protection} urlOf={(partId) => partUrl(accountId, message.id, partId)} />
      )}
    </div>
  );
}

/** So many recipients are told of; the report itself names them all. */
const maxTold = 5;

function ReportNote({ report }: { report: Report }) {
  const t = useTranslations('notes');
  const told = report.outcomes.slice(0, maxTold);
  const more = report.outcomes.length - told.length;
  const isBad = told.some(({ action }) => action === 'failed');
  const isLate = told.some(({ action }) => action === 'delayed');
  return (
    <Bar icon={isBad ? <FileX size={16} /> : isLate ? <FileClock size={16} /> : <Info size={16} />} tone="plain">
      {told.map((outcome, at) => (
        <Outcome key={at} report={report} outcome={outcome} />
      ))}
      {more > 0 && <span className="mt-1.5 block">{t('moreOutcomes', { count: more })}</span>}
    </Bar>
  );
}

function Outcome({ report, outcome }: { report: Report; outcome: ReportOutcome }) {
  const t = useTranslations('notes');
  const sentence = useSentence(report, outcome);
  return (
    <span className="mt-1.5 block first:mt-0 [overflow-wrap:anywhere]">
      {sentence}
      {outcome.diagnostic !== null && (
        <span className="mt-0.5 block text-ink-muted text-meta">
          {t('says', { text: isolated(outcome.diagnostic) })}
        </span>
      )}
    </span>
  );
}

function useSentence({ kind, reportedBy }: Report, outcome: ReportOutcome): string {
  const t = useTranslations('notes');
  const locale = regionalLocale(useLocale());
  const nobody = t(kind === 'disposition' ? 'aProgram' : 'aServer');
  // A program's name says little to the one who waits for an answer; a server's name tells whose word it is.
  const by = kind === 'disposition' || reportedBy === null ? nobody : isolated(reportedBy.slice(0, 120));
  const values = {
    by,
    recipient: outcome.recipient === null ? t('someone') : isolated(outcome.recipient),
    reason: reportReason(outcome),
    until: outcome.retryUntil === null ? 'none' : formatFullDate(outcome.retryUntil, locale),
  };
  const known = t.has(`${kind}.${outcome.action}` as 'delivery.failed') ? outcome.action : 'other';
  return t(`${kind}.${known}` as 'delivery.failed', values);
}

function ProtectionNote({ protection, urlOf }: { protection: Protection; urlOf: (partId: string) => string }) {
  const t = useTranslations('notes');
  const by = { smime: 'S/MIME', pgp: 'OpenPGP' }[protection.by];
  const { kind, sealedPartId } = protection;
  if (kind === 'signed' && sealedPartId === null) {
    return (
      <p data-tip={t('signedTip')} className="inline-flex items-center gap-1.5 text-ink-muted text-meta">
        <PenLine size={14} aria-hidden="true" />
        {t('signed', { by })}
      </p>
    );
  }
  return (
    <Bar
      icon={<FileLock size={16} />}
      tone="plain"
      end={
        sealedPartId !== null && (
          <a
            href={urlOf(sealedPartId)}
            download=""
            className="inline-flex shrink-0 items-center font-semibold text-accent hover:underline touch:min-h-11"
          >
            {t(kind === 'signed' ? 'saveSigned' : 'saveEncrypted')}
          </a>
        )
      }
    >
      {t(kind === 'signed' ? 'sealed' : 'encrypted', { by })}
    </Bar>
  );
}
