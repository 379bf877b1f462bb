'use client';

import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '@/components/ui/dialog';
import { MoreWords } from '@/components/ui/more-words';
import { partUrl } from '@/lib/client/reader/message-urls';
import type { Attachment, Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import words from '@/messages/preview.en.json';
import { useShownName } from '../attachment-card';
import { PreviewContent } from './preview-content';
import { PreviewHead } from './preview-head';

export interface PreviewProps {
  accountId: string;
  messageId: string;
  attachments: readonly Attachment[];
  openPart: string;
  onOpen: (partId: string) => void;
  onClose: () => void;
  showMessage: (message: Message) => ReactNode;
}

/** An attachment over the page, and its neighbours by the arrow keys. Its words come with it. */
export function Preview(props: PreviewProps) {
  const open = props.attachments.find(({ partId }) => partId === props.openPart);
  if (open === undefined) return null;
  return (
    <MoreWords words={words}>
      <Overlay {...props} open={open} />
    </MoreWords>
  );
}

function Overlay(props: PreviewProps & { open: Attachment }) {
  const { accountId, messageId, attachments, open, onOpen, onClose, showMessage } = props;
  const t = useTranslations('preview');
  const name = useShownName(open);
  useReturnedFocus();
  const index = attachments.indexOf(open);
  const step = (by: 1 | -1) => {
    const next = attachments[index + by];
    if (next !== undefined) onOpen(next.partId);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // In a film the arrows seek.
    if ((event.target as Element).closest('audio, video') !== null || event.altKey || event.metaKey || event.ctrlKey)
      return;
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    // A mail that is open in this one has an order of its own.
    event.stopPropagation();
    const isMirrored = getComputedStyle(event.currentTarget).direction === 'rtl';
    step((event.key === 'ArrowRight') === isMirrored ? -1 : 1);
  };
  return (
    <Dialog
      isOpen
      kind="bare"
      title={t('title', { name: displayText(name) })}
      onClose={onClose}
      className="h-[calc(100dvh-3rem)] max-h-none! max-w-[min(76rem,calc(100vw-3rem))]! max-md:m-0! max-md:h-dvh max-md:max-w-none! max-md:rounded-none max-md:border-0 max-md:pt-(--safe-top) max-md:pb-(--safe-bottom)"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the dialog, which holds all of it */}
      <div tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none" onKeyDown={onKeyDown}>
        <PreviewHead
          open={open}
          name={name}
          place={index + 1}
          count={attachments.length}
          step={step}
          urlOf={(isInline) => partUrl(accountId, messageId, open.partId, isInline)}
          onClose={onClose}
        />
        <PreviewContent
          key={open.partId}
          accountId={accountId}
          messageId={messageId}
          attachment={open}
          name={displayText(name)}
          showMessage={showMessage}
        />
      </div>
    </Dialog>
  );
}

/** When the dialog has gone, the focus is where it was before it came. */
function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
