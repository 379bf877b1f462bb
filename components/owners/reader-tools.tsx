'use client';

import { ArrowLeft, ChevronDown, ChevronUp, Download, Ellipsis, FileText } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { type MenuEntry, useMenuButton } from '@/components/ui/menu';
import { rawUrl } from '@/lib/client/reader/message-urls';
import type { ReaderProps, ReaderTool } from './reader-props';

/** The row of commands above a message: those of the app, then the reader's own in the More menu, then the position. */
export function ReaderTools(props: ReaderProps) {
  const { tools, problem, position, onNewer, onOlder, onClose, isAlone = false } = props;
  const t = useTranslations('reader');
  const common = useTranslations('common');
  const more = useMenuButton(common('more'), () => moreEntries(props, t));
  // What is no longer there has nothing to be done to it.
  const isGone = problem?.code === 'notFound' || problem?.code === 'stale';
  const groups = isGone ? [] : tools.filter((group) => group.length > 0);
  return (
    <div
      role="toolbar"
      aria-label={t('region')}
      className="flex min-h-13 shrink-0 items-center gap-0.5 border-line border-b ps-[max(0.75rem,var(--safe-left))] pe-[max(0.75rem,var(--safe-right))] pt-(--safe-top)"
    >
      <span className={isAlone ? 'contents' : 'contents md:hidden'}>
        <IconButton
          label={t('back')}
          keys="u"
          icon={<ArrowLeft size={20} className="rtl:-scale-x-100" />}
          onClick={onClose}
        />
        <span className="flex-1 md:hidden" />
      </span>
      {groups.map((group, index) => (
        <Fragment key={group[0]?.label}>
          {index > 0 && <span aria-hidden="true" className="mx-1.5 hidden h-5 w-px bg-line md:block" />}
          {group.map((tool) => (
            <Tool key={tool.label} tool={tool} />
          ))}
        </Fragment>
      ))}
      {groups.length > 0 && <span aria-hidden="true" className="mx-1.5 hidden h-5 w-px bg-line md:block" />}
      {!isGone && <IconButton {...more} icon={<Ellipsis size={20} />} />}
      <span className="hidden flex-1 md:block" />
      {position !== undefined && (
        <span className="hidden whitespace-nowrap px-2 text-ink-muted text-meta tabular-nums @lg:inline">
          {t('positionOf', { index: position.index + 1, total: position.total })}
        </span>
      )}
      <span className="hidden @lg:contents">
        <IconButton
          label={t('newer')}
          keys="k"
          icon={<ChevronUp size={20} />}
          size="small"
          disabled={onNewer === undefined}
          onClick={onNewer}
        />
        <IconButton
          label={t('older')}
          keys="j"
          icon={<ChevronDown size={20} />}
          size="small"
          disabled={onOlder === undefined}
          onClick={onOlder}
        />
      </span>
    </div>
  );
}

function Tool({ tool }: { tool: ReaderTool }) {
  const { label, icon, keys, onPress, isPrimary = false, isOn, menu } = tool;
  const button = useMenuButton(label, menu ?? (() => []));
  return (
    <IconButton
      {...(menu === undefined ? { label, onClick: onPress } : button)}
      keys={keys}
      icon={icon}
      aria-pressed={isOn}
      className={`${isPrimary ? '' : 'max-md:hidden'} ${isOn === true ? 'text-brass!' : ''}`}
    />
  );
}

/** On a phone the tools that left the row come first. */
function moreEntries(props: ReaderProps, t: ReturnType<typeof useTranslations<'reader'>>): MenuEntry[] {
  const { accountId, messageId, message, moreItems = [], tools, bodyKind, onBodyKind, onNewer, onOlder } = props;
  const isNarrow = !matchMedia('(width >= 48rem)').matches;
  const folded: MenuEntry[] = (isNarrow ? tools.flat() : [])
    .filter((tool) => tool.isPrimary !== true)
    .map(({ label, icon, keys, onPress, menu, isDestructive = false }) =>
      menu === undefined ? { label, icon, keys, onSelect: onPress, isDestructive } : { label, icon, items: menu() },
    );
  const steps: MenuEntry[] = isNarrow
    ? [
        ...(onNewer === undefined ? [] : [{ label: t('newer'), icon: <ChevronUp size={16} />, onSelect: onNewer }]),
        ...(onOlder === undefined ? [] : [{ label: t('older'), icon: <ChevronDown size={16} />, onSelect: onOlder }]),
      ]
    : [];
  const own: MenuEntry[] = [];
  if (message !== undefined && hasBoth(message)) {
    const other = bodyKind === 'html' ? 'plain' : 'html';
    own.push({
      label: t(other === 'plain' ? 'showPlain' : 'showHtml'),
      icon: <FileText size={16} />,
      onSelect: () => onBodyKind(other),
    });
  }
  if (messageId !== null) {
    own.push({
      label: t('saveOriginal'),
      icon: <Download size={16} />,
      href: rawUrl(accountId, messageId),
      isDownload: true,
    });
  }
  return [steps, folded, moreItems, own]
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : ['separator' as const, ...group]));
}

function hasBoth({ htmlBody, textBody }: NonNullable<ReaderProps['message']>): boolean {
  return htmlBody.some(({ type }) => type === 'text/html') && textBody.some(({ type }) => type === 'text/plain');
}
