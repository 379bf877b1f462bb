import { Button } from '@/components/ui/button';
import { Mark } from '@/components/ui/mark';
import words from '@/messages/en.json';

/** In the place of a page that broke. It asks nothing of what is around it, which may be what broke. */
export function BrokenPage({ onReload }: { onReload: () => void }) {
  const { pageTitle, pageText, reload } = words.errors;
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="mx-auto flex max-w-96 flex-col items-center px-6 py-10 text-center">
        <Mark size={40} className="mb-4 text-brass" />
        <h1 className="text-balance font-semibold text-title">{pageTitle}</h1>
        <p className="mt-1 mb-5 text-balance text-ink-2">{pageText}</p>
        <Button look="primary" onClick={onReload}>
          {reload}
        </Button>
      </div>
    </main>
  );
}
