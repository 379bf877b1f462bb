import type { Attachment, Message } from '../../mail/model.ts';

/** The part that invites, cancels or answers (RFC 6047), or a calendar file; undefined where there is none. */
export function calendarPartOf({ attachments }: Message): Attachment | undefined {
  return attachments.find(({ type }) => type === 'text/calendar' || type === 'application/ics');
}

/** Whether a message asks for something that is told above its text. */
export function hasAsks(message: Message): boolean {
  const { unsubscribe, receiptTo, list } = message;
  return unsubscribe !== null || receiptTo !== null || list?.postTo != null || calendarPartOf(message) !== undefined;
}
