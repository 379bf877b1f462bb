import { Ellipsis } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { PlainBlock } from '@/lib/client/reader/plain-blocks';
import { PlainLines } from './plain-lines';

/** Quoted text, closed where it was read before. */
export function QuoteFold({ block }: { block: Extract<PlainBlock, { kind: 'quote' }> }) {
  const t = useTranslations('reader');
  const [isOpen, setOpen] = useState(!block.isFolded);
  return (
    <div className="text-ink-muted">
      {block.isFolded && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mb-1 inline-flex h-6 items-center gap-1.5 rounded-full bg-press px-2.5 font-sans text-ink-2 text-meta hover:text-ink touch:h-9 touch:px-3.5"
        >
          <Ellipsis size={16} aria-hidden="true" />
          {isOpen ? t('hideQuote') : t('quotedLines', { count: block.lineCount })}
        </button>
      )}
      {isOpen &&
        block.runs.map((run, index) => (
          <Bars key={index} depth={Math.min(run.depth, 6)}>
            <PlainLines text={run.text} />
          </Bars>
        ))}
    </div>
  );
}

/** One bar for each depth. */
function Bars({ depth, children }: { depth: number; children: ReactNode }): ReactNode {
  if (depth === 0) return children;
  return (
    <blockquote className="border-line-strong border-s-2 ps-3">
      <Bars depth={depth - 1}>{children}</Bars>
    </blockquote>
  );
}
