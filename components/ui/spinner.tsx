/** A turning ring in the colour of the text around it. Give `label` where nothing else says what is awaited. */
export function Spinner({ label, size = 16 }: { label?: string; size?: number }) {
  return (
    <>
      <svg
        aria-hidden="true"
        width={size}
        height={size}
        viewBox="0 0 16 16"
        className="animate-spin"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <circle cx="8" cy="8" r="6" opacity="0.25" />
        <path d="M8 2a6 6 0 0 1 6 6" strokeLinecap="round" />
      </svg>
      {label !== undefined && <span className="sr-only">{label}</span>}
    </>
  );
}
