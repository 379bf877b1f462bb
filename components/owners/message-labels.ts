'use client';

import { useLabelsOn } from '@/components/parts/labels-on';
import type { MessageLabelsProps } from '@/components/parts/message-labels';
import { useMail } from '@/lib/client/app/context';
import { useMailbox, useMailLocation, useMayLabel, useSettings } from '@/lib/client/app/hooks';
import { labelQuery } from '@/lib/client/labels/query';
import { formatLocation } from '@/lib/client/location';
import type { MessageSummary } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';
import { goToSearch, searchPlace } from './commands/use-runner';

/** The labels of the open message, where they lead, and how they are taken off. */
export function useMessageLabels(
  commands: MessageCommands,
  message: MessageSummary | undefined,
): MessageLabelsProps | undefined {
  const app = useMail();
  const { accountId } = useMailLocation();
  const { labels: own } = useSettings();
  const mailbox = useMailbox();
  const mayLabel = useMayLabel();
  const labelsOn = useLabelsOn();
  if (message === undefined || mailbox === undefined || accountId === null) return undefined;
  return {
    labels: labelsOn(message.keywords, own),
    hrefOf: (label) => formatLocation(searchPlace(accountId, mailbox.id, labelQuery(label))),
    onOpen: (label) => goToSearch(app, accountId, mailbox.id, labelQuery(label)),
    onRemove: mayLabel
      ? ({ keyword, name }) => commands.label([message.id], { keyword, name, isSet: false })
      : undefined,
  };
}
