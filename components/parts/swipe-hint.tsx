import { Archive, Trash2 } from 'lucide-react';

/** What lies under a row that a finger moves aside; shown by the `data-swipe` of the row's holder. */
export function SwipeHint() {
  return (
    <span
      aria-hidden="true"
      className="absolute inset-0 hidden items-center justify-between px-6 text-accent-ink group-data-[swipe=archive]/swipe:flex group-data-[swipe=delete]/swipe:flex group-data-[swipe=archive]/swipe:bg-accent group-data-[swipe=delete]/swipe:bg-danger group-data-[enough=false]/swipe:opacity-60"
    >
      <Archive size={20} className="invisible group-data-[swipe=archive]/swipe:visible" />
      <Trash2 size={20} className="invisible group-data-[swipe=delete]/swipe:visible" />
    </span>
  );
}
