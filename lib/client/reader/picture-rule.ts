import type { RemoteImageRule } from '../../contract/remote-images.ts';
import type { BelievableSender } from './believable-sender.ts';

/** What the person chose for this sender; else for the domain; else null. */
export function pictureRuleFor(
  rules: readonly RemoteImageRule[],
  { email, domain }: BelievableSender,
): RemoteImageRule | null {
  const find = (kind: RemoteImageRule['kind'], name: string) =>
    rules.find((rule) => rule.kind === kind && rule.name === name);
  return find('sender', email) ?? find('domain', domain) ?? null;
}
