'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { MessageContent } from '@/components/parts/message-content';
import type { PictureChoices } from '@/components/parts/use-held-pictures';
import { MoreWords } from '@/components/ui/more-words';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useMailboxes, useSession } from '@/lib/client/app/hooks';
import { believableSender } from '@/lib/client/reader/believable-sender';
import { pictureRuleFor } from '@/lib/client/reader/picture-rule';
import { useSites } from '@/lib/client/trust/use-sites';
import type { Message } from '@/lib/mail/model';
import pictureWords from '@/messages/pictures.en.json';
import { usePictureRules } from './picture-rules';
import { sentenceOf } from './sentence-of';

interface OpenedMessageProps {
  accountId: string;
  message: Message | undefined;
  kind: 'html' | 'plain';
}

/** The text of the open message, with what the person chose about its pictures of other servers. */
export function OpenedMessage(props: OpenedMessageProps) {
  return (
    <MoreWords words={pictureWords}>
      <WithPictures {...props} />
    </MoreWords>
  );
}

function WithPictures({ accountId, message, kind }: OpenedMessageProps) {
  const pictures = usePictures(accountId, message);
  return (
    <MessageContent
      accountId={accountId}
      message={message}
      kind={kind}
      pictures={pictures}
      contentOf={(inner) => <WithPictures accountId={accountId} message={inner} kind={kind} />}
    />
  );
}

const isHtml = ({ type }: { type: string }) => type === 'text/html';

function usePictures(accountId: string, message: Message | undefined): PictureChoices {
  const t = useTranslations('pictures');
  const words = useTranslations('actions');
  const { shownPictures } = useMail();
  const isAllowed = useSession().remoteImages === 'ask';
  const rules = usePictureRules(isAllowed && (message?.htmlBody.some(isHtml) ?? false));
  const { mailboxes } = useMailboxes(accountId);
  const [shownOnce, setShownOnce] = useState<string | null>(null);
  const siteOf = useSites();
  // Whom a message in a message is from, only the one says who sent both.
  const isAttached = message?.partId !== undefined;
  const sender = message === undefined || isAttached || siteOf === null ? null : believableSender(message, siteOf);
  const rule = sender === null || rules.rules === null ? null : pictureRuleFor(rules.rules, sender);
  // What is taken for junk is not to be answered, whoever it says it is from.
  const isJunk = mailboxes?.find(({ id }) => id === message?.mailboxId)?.role === 'junk';
  const isOnce = message !== undefined && shownOnce === message.id;
  return {
    isAllowed,
    isJunk,
    // A rule that cannot be read is none: then the message asks.
    isKnown: rules.rules !== null || rules.error !== null,
    isWanted: isAllowed && (isOnce || (rule?.choice === 'always' && mailboxes !== undefined && !isJunk)),
    sender,
    rule,
    showOnce: () => setShownOnce(message?.id ?? null),
    set: rules.set,
    remove: rules.remove,
    sign: async (urls) => {
      const params = { accountId, messageId: message?.id ?? '' };
      const { images } = await call('signRemoteImages', { params, body: { urls } });
      const hrefs = new Map(images.map(({ url, href }) => [url, href]));
      if (!isAttached) shownPictures.set({ messageId: params.messageId, hrefs });
      return hrefs;
    },
    onFailed: (thrown) => {
      setShownOnce(null);
      toast({ tone: 'problem', text: t('failed'), detail: sentenceOf(words, asApiError(thrown).code).title });
    },
  };
}
