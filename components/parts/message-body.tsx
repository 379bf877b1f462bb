'use client';

import { useCallback, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { partUrl } from '@/lib/client/reader/message-urls';
import type { Shown } from '@/lib/client/reader/show-in-frame';
import type { Message, TextBody } from '@/lib/mail/model';
import { BodyFrame } from './body-frame';
import { HeldImages } from './held-images';
import { MessageWarnings } from './message-warnings';
import { PlainText } from './plain-text';
import type { PictureChoices } from './use-held-pictures';

export interface MessageBodyProps {
  accountId: string;
  /** Without one the first frame is only kept warm, so that the next HTML mail needs no navigation. */
  message: Message | undefined;
  kind: 'html' | 'plain';
  pictures: PictureChoices;
}

/** The bodies of a message one under the other, each by itself: parts are never joined into one text. */
export function MessageBody({ accountId, message, kind, pictures }: MessageBodyProps) {
  const t = useTranslations('reader');
  const [shown, setShown] = useState<Record<string, Shown>>({});
  const [faults, setFaults] = useState<Record<string, true>>({});
  // What was shown before holds nodes of its mail: it is let go.
  const onShown = useCallback(
    (key: string, body: Shown) =>
      setShown((all) => ({
        ...Object.fromEntries(Object.entries(all).filter(([other]) => isOfSameMessage(other, key))),
        [key]: body,
      })),
    [],
  );
  const onFault = useCallback((key: string) => setFaults((all) => ({ ...all, [key]: true })), []);
  const words = useMemo(() => ({ quote: t('showQuote'), leadsTo: (host: string) => t('leadsTo', { host }) }), [t]);
  const cidUrl = useMemo(() => cidUrls(accountId, message), [accountId, message]);

  const hasFault = message?.htmlBody.some(({ partId }) => faults[keyOf(message, partId)]) ?? false;
  const entries = message === undefined ? [] : kind === 'html' && !hasFault ? message.htmlBody : message.textBody;
  const frames = entries.filter(({ type }) => type === 'text/html');
  const bodies = message === undefined ? [] : frames.flatMap(({ partId }) => shown[keyOf(message, partId)] ?? []);
  const findings = {
    lyingHosts: [...new Set(bodies.flatMap(({ lyingHosts }) => lyingHosts))],
    hasForm: bodies.some(({ hasForm }) => hasForm),
  };

  return (
    <div className="space-y-4">
      {message !== undefined && (
        <MessageWarnings accountId={accountId} message={message} hasFrameFault={hasFault} findings={findings} />
      )}
      {message !== undefined && <HeldImages key={message.id} bodies={bodies} pictures={pictures} />}
      {frames.length === 0 && (
        <BodyFrame
          key="frame-0"
          partId=""
          html={null}
          title=""
          words={words}
          cidUrl={cidUrl}
          onShown={onShown}
          onFault={onFault}
        />
      )}
      {entries.map((entry) => {
        if (entry.type === 'text/plain') return <PlainText key={entry.partId} body={entry} />;
        if (message === undefined || hasFault) return null;
        return (
          <BodyFrame
            // By place, not by part: the frame of the last message is used again for this one.
            key={`frame-${frames.indexOf(entry)}`}
            partId={keyOf(message, entry.partId)}
            html={entry.text}
            title={t('body')}
            words={words}
            cidUrl={cidUrl}
            onShown={onShown}
            onFault={onFault}
          />
        );
      })}
      {message !== undefined && isEmpty(entries) && !message.protection?.sealedPartId && (
        <p className="text-ink-muted italic">{t('emptyBody')}</p>
      )}
    </div>
  );
}

const keyOf = (message: Message, partId: string) => `${message.id} ${partId}`;
const isOfSameMessage = (one: string, other: string) => one.split(' ', 1)[0] === other.split(' ', 1)[0];
const isEmpty = (entries: TextBody[]) => entries.every(({ type, text }) => type === 'text/plain' && text.trim() === '');

function cidUrls(accountId: string, message: Message | undefined): (cid: string) => string | null {
  const parts = new Map(
    (message?.attachments ?? []).filter(({ cid }) => cid !== null).map((one) => [one.cid, one.partId]),
  );
  return (cid) => {
    const partId = parts.get(cid) ?? parts.get(`<${cid}>`);
    return message === undefined || partId === undefined ? null : partUrl(accountId, message.id, partId, true);
  };
}
