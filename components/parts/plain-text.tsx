import { useMemo } from 'react';
import { type PlainBlock, readPlainBlocks } from '@/lib/client/reader/plain-blocks';
import { isAligned } from '@/lib/client/reader/soft-breaks';
import type { TextBody } from '@/lib/mail/model';
import { PlainLines } from './plain-lines';
import { QuoteFold } from './quote-fold';

/** A plain text body as text nodes: links and quotes are built, nothing of it is ever read as HTML. */
export function PlainText({ body }: { body: TextBody }) {
  const blocks = useMemo(() => readPlainBlocks(body), [body]);
  const isDrawn = useMemo(() => isAligned(body.text), [body.text]);
  return (
    <div
      className={`plain-text space-y-4 ${isDrawn ? 'overflow-x-auto whitespace-pre font-mono text-list' : 'text-read'}`}
    >
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: PlainBlock }) {
  if (block.kind === 'quote') return <QuoteFold block={block} />;
  return (
    <div className={block.kind === 'signature' ? 'text-base text-ink-muted' : undefined}>
      <PlainLines text={block.text} />
    </div>
  );
}
