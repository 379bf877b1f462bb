import { Avatar } from '@/components/ui/avatar';
import type { EmailAddress } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { avatarOf } from '@/lib/text/initials';

/** A person among others to choose from: picture, name and address in one line. */
export function PersonText({ name, email }: EmailAddress) {
  const { initials, hue } = avatarOf(name, email);
  return (
    <>
      <Avatar initials={initials} hue={hue} size={24} />
      <span className="min-w-0 flex-1 truncate">
        {name !== null && <bdi className="font-medium">{displayText(name)} </bdi>}
        <bdi className={name === null ? undefined : 'text-ink-muted'}>{displayText(email)}</bdi>
      </span>
    </>
  );
}
