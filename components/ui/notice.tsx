import type { ReactNode } from 'react';
import { Mark } from './mark';

export interface NoticeProps {
  title: string;
  text?: string;
  /** The server's own words, already put as a quote. */
  quote?: string;
  icon?: ReactNode;
  /** What can be done. */
  children?: ReactNode;
}

/** A place without its content: empty, failed or gone. Says what is so, and what to do next. */
export function Notice({ title, text, quote, icon, children }: NoticeProps) {
  return (
    <div className="mx-auto flex max-w-96 flex-col items-center px-6 py-10 text-center">
      <span className="mb-4 text-ink-muted/70">{icon ?? <Mark size={40} className="text-brass" />}</span>
      <h2 className="text-balance font-semibold text-title">{title}</h2>
      {text !== undefined && <p className="mt-1 text-balance text-ink-2">{text}</p>}
      {quote !== undefined && <p className="mt-2 text-meta text-ink-muted [overflow-wrap:anywhere]">{quote}</p>}
      {children !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
