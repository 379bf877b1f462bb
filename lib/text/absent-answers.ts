/** How many messages are answered by these and are not among them: by direct answers alone, so there may be more. */
export function countAbsent(heads: readonly { messageId: string | null; inReplyTo: readonly string[] }[]): number {
  const here = new Set(heads.map(({ messageId }) => messageId));
  return new Set(heads.flatMap(({ inReplyTo }) => inReplyTo.slice(0, 1)).filter((id) => !here.has(id))).size;
}
