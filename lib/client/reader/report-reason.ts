import type { ReportOutcome } from '@/lib/mail/model';

export type ReportReason =
  | 'noAddress'
  | 'noDomain'
  | 'closed'
  | 'full'
  | 'tooLarge'
  | 'unreachable'
  | 'refused'
  | 'other';

const reasons: [RegExp, ReportReason][] = [
  [/^\d\.1\.(2|10)$/, 'noDomain'],
  [/^\d\.1\.[136]$/, 'noAddress'],
  [/^\d\.2\.1$/, 'closed'],
  [/^\d\.2\.2$/, 'full'],
  [/^\d\.(2\.3|3\.4)$/, 'tooLarge'],
  [/^\d\.4\.\d+$/, 'unreachable'],
  [/^\d\.7\.\d+$/, 'refused'],
];

/** Why, by the enhanced status code (RFC 3463 §3); `other` for what is not worth a word of its own. */
export function reportReason({ status }: Pick<ReportOutcome, 'status'>): ReportReason {
  return reasons.find(([pattern]) => pattern.test(status ?? ''))?.[1] ?? 'other';
}
