import { displayText } from '@/lib/text/bidi';

/** Fields of a header, one under the other, in the order in which they came; decoded, and long ones whole. */
export function HeaderFields({ fields, none }: { fields: readonly { name: string; value: string }[]; none: string }) {
  if (fields.length === 0) return <p className="text-ink-muted">{none}</p>;
  return (
    <dl className="grid grid-cols-[minmax(0,12rem)_minmax(0,1fr)] gap-x-4 text-list max-md:grid-cols-1">
      {fields.map(({ name, value }, index) => (
        <div key={index} className="contents">
          <dt className="border-line/60 border-b py-1.5 text-ink-muted [overflow-wrap:anywhere] max-md:border-b-0 max-md:pb-0">
            {written(name)}
          </dt>
          <dd className="border-line/60 border-b py-1.5 [overflow-wrap:anywhere]">
            <bdi>{displayText(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** As headers are mostly written: "Message-ID", "DKIM-Signature", "Received". */
function written(name: string): string {
  return name
    .split('-')
    .map((word) => (/^(?:id|mime|dkim|arc|spf|tls|ms|url|uid)$/.test(word) ? word.toUpperCase() : capital(word)))
    .join('-');
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
