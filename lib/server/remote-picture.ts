import { LRUCache } from 'lru-cache';
import { MailError } from '../mail/errors.ts';
import { webUrl } from './ask-web.ts';
import { config } from './config.ts';
import { fetchPicture, type Picture, pictureLimits } from './fetch-picture.ts';
import { live } from './live.ts';
import { requireSigned, type SignedPicture, signPicture } from './signed-picture.ts';
import { createTurns } from './turns.ts';
import type { SecretPlace } from './vault.ts';
import { webWay } from './web-way.ts';

/** Kept in memory, so that a sender is asked once and not at every reading; for the account that asked, never for another. */
const kept = live(
  'pictures',
  () =>
    new LRUCache<string, Picture>({
      maxSize: 64 * 1024 * 1024,
      sizeCalculation: ({ bytes }) => bytes.length + 1_024,
      ttl: 60 * 60_000,
    }),
);
const turns = live('picture turns', () => createTurns({ perPerson: 6, inAll: 24, waiting: 200 }));

/** Signs addresses that a mail names; what is never asked for is left out. Throws `forbidden` where the admin allows none. */
export function signPictures(urls: readonly string[], place: SecretPlace): SignedPicture[] {
  requireAllowed();
  return urls.filter((url) => webUrl(url) !== null).map((url) => signPicture(url, place));
}

/** The picture at a signed address. Throws `forbidden` for one that was not signed for this sign-in, `notFound` where there is none. */
export async function readPicture(asked: SignedPicture, place: SecretPlace, signal: AbortSignal): Promise<Picture> {
  requireAllowed();
  requireSigned(asked, place);
  const key = `${place.accountId} ${asked.url}`;
  return await turns.take(place.accountId, signal, async () => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const picture = await fetchPicture(asked.url, { ...webWay(), limits: pictureLimits }, signal);
    kept.set(key, picture);
    return picture;
  });
}

function requireAllowed(): void {
  if (config().remoteImages.policy === 'ask') return;
  throw new MailError('forbidden', 'remote images are turned off', { detail: 'REMOTE_IMAGES' });
}
