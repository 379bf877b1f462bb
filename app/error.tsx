'use client';

import { BrokenPage } from '@/components/parts/broken-page';

export default function ErrorPage({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <BrokenPage onReload={reset} />;
}
