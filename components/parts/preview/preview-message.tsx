import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '@/lib/client/api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Message } from '@/lib/mail/model';
import { PreviewProblem } from './preview-problem';
import { PreviewWait } from './preview-wait';

/** A message that came as an attachment, opened in place and shown as every message is. */
export function PreviewMessage({
  accountId,
  messageId,
  partId,
  showMessage,
}: {
  accountId: string;
  messageId: string;
  partId: string;
  showMessage: (message: Message) => ReactNode;
}) {
  const { data, error } = useQuery({
    queryKey: queryKeys.attachedMessage(accountId, messageId, partId),
    queryFn: ({ signal }) => call('getAttachedMessage', { params: { accountId, messageId, partId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (error !== null) return <PreviewProblem error={error} />;
  if (data === undefined) return <PreviewWait />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div tabIndex={0} className="@container min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px]">
      <article className="mx-auto max-w-[54rem] px-5 py-6">{showMessage(data)}</article>
    </div>
  );
}
