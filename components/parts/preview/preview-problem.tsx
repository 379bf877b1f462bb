import { FileX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { asApiError } from '@/lib/client/api-error';
import { sentences } from '@/lib/contract/sentences';

/** In the place of what cannot be shown, with what to do instead. */
export function NoPreview({ why }: { why: 'none' | 'tooLarge' | 'unlike' | 'broken' | 'noViewer' }) {
  const t = useTranslations('preview');
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-y-auto bg-sunken">
      <Notice
        icon={<FileX size={40} strokeWidth={1.25} />}
        title={t(why)}
        text={t(why === 'noViewer' ? 'noneText' : `${why}Text`)}
      />
    </div>
  );
}

/** Why it did not come: of our own bounds, or of the mail server. */
export function PreviewProblem({ error }: { error: unknown }) {
  const reader = useTranslations('reader');
  const { code } = asApiError(error);
  if (code === 'unsupported') return <NoPreview why="unlike" />;
  if (code === 'tooLarge') return <NoPreview why="tooLarge" />;
  const { title, advice } =
    code === 'offline' ? { title: reader('offlineTitle'), advice: reader('offlineText') } : sentences[code];
  return (
    <div role="alert" className="grid min-h-0 flex-1 place-items-center overflow-y-auto bg-sunken">
      <Notice icon={<FileX size={40} strokeWidth={1.25} />} title={title} text={advice} />
    </div>
  );
}
