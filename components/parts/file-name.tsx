import { displayText } from '@/lib/text/bidi';
import { tailStart } from '@/lib/text/file-name';

/** A name that gives way in its middle, never at its end: the ending says what a file is. Read aloud as one word. */
export function FileName({ name, className = '' }: { name: string; className?: string }) {
  const shown = displayText(name);
  const at = tailStart(shown);
  return (
    <bdi className={`block min-w-0 ${className}`}>
      <span className="sr-only">{shown}</span>
      <span aria-hidden="true" className="flex min-w-0">
        <span className="truncate whitespace-pre">{shown.slice(0, at)}</span>
        <span className="shrink-0 whitespace-pre">{shown.slice(at)}</span>
      </span>
    </bdi>
  );
}
