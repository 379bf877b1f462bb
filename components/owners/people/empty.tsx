import type { ReactNode } from 'react';

/** What would be here, and how it comes here. */
export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="grid h-full min-h-40 content-center justify-items-center gap-1.5 px-6 py-8 text-center">
      <p className="font-semibold">{title}</p>
      <p className="max-w-80 text-pretty text-ink-muted text-list">{text}</p>
      {children}
    </div>
  );
}
