const messagePath = (accountId: string, messageId: string) =>
  `/api/accounts/${encodeURIComponent(accountId)}/messages/${encodeURIComponent(messageId)}`;

/** The address of a part's bytes, as a download or, for what cannot run, inline. */
export function partUrl(accountId: string, messageId: string, partId: string, isInline = false): string {
  return `${messagePath(accountId, messageId)}/parts/${encodeURIComponent(partId)}${isInline ? '?inline=true' : ''}`;
}

/** The address of the message as it came, message/rfc822. */
export function rawUrl(accountId: string, messageId: string): string {
  return `${messagePath(accountId, messageId)}/raw`;
}

const mostNamed = 1_500;

/** The address of attachments as one ZIP file; `within` the attached message that they are files of. */
export function zipUrl(accountId: string, messageId: string, partIds: readonly string[], within?: string): string {
  const parts = partIds.join(',');
  const query = new URLSearchParams({
    // More than an address holds: then all of the message's, the pictures in its text among them.
    ...(parts.length <= mostNamed ? { parts } : {}),
    ...(within === undefined ? {} : { within }),
  });
  return `${messagePath(accountId, messageId)}/attachments.zip?${query}`;
}
