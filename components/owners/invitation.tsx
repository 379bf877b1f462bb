'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Bar } from '@/components/parts/bar';
import { InvitationCard } from '@/components/parts/invitation-card';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { asApiError } from '@/lib/client/api-error';
import { readInvitation } from '@/lib/client/invitation/read';
import { identitiesQuery } from '@/lib/client/people/identities';
import { queryKeys } from '@/lib/client/query-keys';
import { partUrl } from '@/lib/client/reader/message-urls';
import type { Attachment, Message } from '@/lib/mail/model';
import { InvitationAnswer } from './invitation-answer';

/** The calendar part of a message, fetched and told; what cannot be told is said, and can be saved. */
export function Invitation({
  accountId,
  message,
  part: { partId },
}: {
  accountId: string;
  message: Message;
  part: Attachment;
}) {
  const messageId = message.id;
  const t = useTranslations('asks');
  const common = useTranslations('common');
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.invitation(accountId, messageId, partId),
    queryFn: ({ signal }) => readInvitation({ accountId, messageId, partId }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const saveUrl = partUrl(accountId, messageId, partId);
  // Without them one answers as the login; they come first, so that nothing moves.
  const identities = useQuery({ ...identitiesQuery, retry: false });
  if (data !== undefined && !identities.isLoading) {
    const known = identities.data ?? [];
    const answer = <InvitationAnswer accountId={accountId} message={message} invitation={data} identities={known} />;
    return <InvitationCard invitation={data} saveUrl={saveUrl} answer={answer} />;
  }
  if (error === null) return <Skeleton className="mt-4 h-36 w-full rounded-box" />;
  const { code } = asApiError(error);
  const isFinal = code === 'invalid' || code === 'tooLarge';
  return (
    <div className="mt-4">
      <Bar
        icon={<CalendarX size={16} />}
        tone="plain"
        end={
          isFinal ? (
            <a
              href={saveUrl}
              download="invitation.ics"
              className="inline-flex shrink-0 items-center font-semibold text-accent hover:underline touch:min-h-11"
            >
              {t('save')}
            </a>
          ) : (
            <Button look="link" size="small" onClick={() => void refetch()}>
              {common('retry')}
            </Button>
          )
        }
      >
        {t(code === 'invalid' ? 'unreadable' : code === 'tooLarge' ? 'tooLarge' : 'notFetched')}
      </Bar>
    </div>
  );
}
