import { useTranslations } from 'use-intl';
import { NoPreview } from './preview-problem';

/**
 * A PDF in the browser's own viewer. The frame has no sandbox attribute, since no browser shows a PDF in such a frame; the
 * answer brings the sandbox with it, so the document has neither scripts nor an origin of ours.
 */
export function PreviewPdf({ url, name }: { url: string; name: string }) {
  const t = useTranslations('preview');
  if (!navigator.pdfViewerEnabled) return <NoPreview why="noViewer" />;
  return (
    <iframe
      src={`${url}#navpanes=0`}
      title={t('frame', { name })}
      referrerPolicy="no-referrer"
      className="min-h-0 w-full flex-1 border-0 bg-sunken"
    />
  );
}
