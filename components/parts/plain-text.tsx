import { useMemo } from 'react';
import { type PlainBlock, readPlainBlocks } from '@/lib/client/reader/plain-blocks';
import { isAligned } from '@/lib/client/reader/soft-breaks';
import type { TextBody } from '@/lib/mail/model';
import { PlainLines } from './plain-lines';
import { QuoteFold } from './quote-fold';

/** A plain text body as text nodes: links and quotes are built, nothing of it is ever read as HTML. */
export function PlainText({ body }: { body: TextBody }) {
  const blocks = useMemo(() => readPlainBlocks(body), [body]);
  return (
    <div className="plain-text space-y-4 text-read">
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

/** What is drawn with spaces keeps its columns, and scrolls where they do not fit; the rest of the mail is written as any. */
function Block({ block }: { block: PlainBlock }) {
  const isDrawn = useMemo(() => isAligned(textOf(block)), [block]);
  const drawn = isDrawn ? 'overflow-x-auto whitespace-pre font-mono text-list' : '';
  if (block.kind === 'quote')
    return isDrawn ? (
      <div className={drawn}>
        <QuoteFold block={block} />
      </div>
    ) : (
      <QuoteFold block={block} />
    );
  const size = isDrawn ? drawn : 'text-base';
  return (
    <div className={block.kind === 'signature' ? `${size} text-ink-muted` : drawn}>
      <PlainLines text={block.text} />
    </div>
  );
}

const textOf = (block: PlainBlock): string =>
  block.kind === 'quote' ? block.runs.map(({ text }) => text).join('\n') : block.text;
