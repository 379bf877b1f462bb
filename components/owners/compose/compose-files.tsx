'use client';

import { RotateCw, X } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { AttachmentIcon } from '@/components/parts/attachment-icon';
import { classes } from '@/components/ui/classes';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import { useValue } from '@/lib/client/app/value';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import type { UploadState } from '@/lib/client/compose/uploads';
import type { WrittenFile } from '@/lib/client/compose/written';
import { kindOf } from '@/lib/client/reader/attachment-kind';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import { displayText } from '@/lib/text/bidi';

/** The files that go along, each with how far it is; pictures in the text are seen there. */
export function ComposeFiles({ store }: { store: ComposerStore }) {
  const t = useTranslations('compose');
  const { files } = useValue(store.written);
  const uploads = useValue(store.uploads);
  const listed = files.filter(({ key, cid }) => cid === null || uploads.has(key));
  if (listed.length === 0) return null;
  return (
    <ul aria-label={t('files')} className="grid grid-cols-1 gap-1.5 px-4 pb-3">
      {listed.map((file) => (
        <FileLine key={file.key} file={file} upload={uploads.get(file.key)} store={store} />
      ))}
    </ul>
  );
}

function FileLine({
  file,
  upload,
  store,
}: {
  file: WrittenFile;
  upload: UploadState | undefined;
  store: ComposerStore;
}) {
  const t = useTranslations('compose');
  const locale = regionalLocale(useLocale());
  const name = displayText(file.name) || t('forwardedFile');
  const size = formatSize(file.sizeBytes, locale);
  const isFailed = upload !== undefined && upload.problem !== null;
  return (
    <li className="rounded-box border border-line bg-raised">
      <div className="flex items-center gap-2 ps-3 pe-1">
        <AttachmentIcon kind={kindOf(file.type, file.name)} />
        <span className="flex min-w-0 flex-1 gap-1.5 py-2 text-list">
          <bdi className="min-w-0 truncate" title={name}>
            {name}
          </bdi>
          <span className={classes('shrink-0', isFailed ? 'text-danger' : 'text-ink-muted tabular-nums')}>
            {isFailed
              ? t('uploadFailed')
              : upload === undefined
                ? size
                : `${formatSize(Math.min(upload.sentBytes, file.sizeBytes), locale)} / ${size}`}
          </span>
        </span>
        {isFailed && (
          <IconButton
            size="small"
            label={t('uploadRetry', { name })}
            icon={<RotateCw size={15} />}
            onClick={() => store.retryFile(file.key)}
          />
        )}
        <IconButton
          size="small"
          label={t('removeFile', { name })}
          icon={<X size={15} />}
          onClick={() => store.removeFile(file.key)}
        />
      </div>
      {upload !== undefined && !isFailed && (
        <div className="px-3 pb-2">
          <Progress label={t('uploadProgress', { name })} value={upload.sentBytes} max={upload.totalBytes} />
        </div>
      )}
    </li>
  );
}
