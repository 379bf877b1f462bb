import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { queryKeys } from '@/lib/client/query-keys';
import { maxPreviewBytes } from '@/lib/client/reader/attachment-preview';
import { fetchPart, fetchPicture } from '@/lib/client/reader/fetch-part';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import { NoPreview, PreviewProblem } from './preview-problem';
import { PreviewWait } from './preview-wait';

/** Below this the bytes are here before a bar would be read. */
const worthTelling = 1_000_000;

interface PreviewMediaProps {
  kind: 'picture' | 'sound' | 'film';
  url: string;
  name: string;
  sizeBytes: number;
}

/** A picture, sound or film, fetched whole: seeking costs nothing then, and a picture's size is known before it is decoded. */
export function PreviewMedia({ kind, url, name, sizeBytes }: PreviewMediaProps) {
  const t = useTranslations('preview');
  const locale = regionalLocale(useLocale());
  const [bytes, setBytes] = useState(0);
  const [isBroken, setBroken] = useState(false);
  const { data: blob, error } = useQuery({
    queryKey: queryKeys.part(url),
    queryFn: ({ signal }) => {
      const fetchIt = kind === 'picture' ? fetchPicture : fetchPart;
      return fetchIt(url, { signal, onProgress: setBytes, maxBytes: maxPreviewBytes });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 20_000,
  });
  const source = useObjectUrl(blob);
  if (error !== null) return <PreviewProblem error={error} />;
  if (isBroken) return <NoPreview why="broken" />;
  if (blob === undefined || source === null) {
    const amounts = { done: formatSize(bytes, locale), total: formatSize(sizeBytes, locale) };
    const isWorth = sizeBytes > worthTelling && bytes > 0;
    return (
      <PreviewWait progress={isWorth ? { text: t('progress', amounts), value: bytes, max: sizeBytes } : undefined} />
    );
  }
  if (kind !== 'picture' && blob.type.startsWith('image/')) return <NoPreview why="unlike" />;
  const onError = () => setBroken(true);
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-auto bg-sunken p-4 max-md:p-0">
      {kind === 'picture' && (
        <img
          src={source}
          alt={name}
          onError={onError}
          className="max-h-full min-h-0 max-w-full bg-[repeating-conic-gradient(var(--press)_0_25%,transparent_0_50%)] bg-[length:16px_16px] object-contain"
        />
      )}
      {kind === 'sound' && (
        // biome-ignore lint/a11y/useMediaCaption: a mail brings no captions
        <audio src={source} controls aria-label={name} onError={onError} className="w-full max-w-md" />
      )}
      {kind === 'film' && (
        // biome-ignore lint/a11y/useMediaCaption: a mail brings no captions
        <video src={source} controls aria-label={name} onError={onError} className="max-h-full min-h-0 max-w-full" />
      )}
    </div>
  );
}

/** An address of bytes that are here, for as long as they are shown. */
function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (blob === undefined) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
