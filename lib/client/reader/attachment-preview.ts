import type { Attachment } from '../../mail/model.ts';
import { kindOf } from './attachment-kind.ts';

/** How an attachment is looked at without being saved. */
export type PreviewKind = 'picture' | 'pdf' | 'sound' | 'film' | 'text' | 'message';

/** What is longer is saved, not shown: it would be fetched whole first. */
export const maxPreviewBytes = 50_000_000;

type Previewed = Pick<Attachment, 'type' | 'name' | 'sizeBytes' | 'isMessage'>;

/**
 * How an attachment can be shown, by its type and name; null for what is only saved. The server has the last word, by the
 * first bytes. Markup (HTML, SVG) is shown as its text, never as a page.
 */
export function previewOf({ type, name, sizeBytes, isMessage = false }: Previewed): PreviewKind | null {
  if (isMessage) return 'message';
  const kind = kindOf(type, name);
  const bare = type.toLowerCase();
  if (isTextual(bare) || ['code', 'text', 'calendar', 'contact'].includes(kind) || isDelimited(name)) return 'text';
  if (sizeBytes > maxPreviewBytes) return null;
  if (kind === 'picture') return isShowable(bare, name) ? 'picture' : null;
  if (kind === 'pdf') return 'pdf';
  if (kind === 'audio') return 'sound';
  return kind === 'video' ? 'film' : null;
}

/** The pictures that the server gives inline (design §7). */
export function isShowable(type: string, name: string | null = null): boolean {
  if (['image/png', 'image/jpeg', 'image/jpg', 'image/pjpeg', 'image/gif', 'image/webp'].includes(type.toLowerCase()))
    return true;
  return type === 'application/octet-stream' && /\.(png|jpe?g|gif|webp)$/i.test(name ?? '');
}

const isTextual = (type: string): boolean =>
  (type.startsWith('text/') && type !== 'text/rtf') ||
  type.startsWith('message/') ||
  type === 'image/svg+xml' ||
  /^application\/(?:.+\+)?(?:json|xml|yaml|x-yaml|javascript|ecmascript|sql|x-sh|toml|ics|pgp-keys|pgp-signature)$/.test(
    type,
  );

const isDelimited = (name: string | null): boolean => /\.(csv|tsv|svg|eml|asc|ini|conf|toml|tex)$/i.test(name ?? '');
