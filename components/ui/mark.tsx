/** The post horn, drawn in the colour around it. */
export function Mark({ size = 24, className = '' }: { size?: number; className?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="2.5"
    >
      <path d="M3 11.500h12a6.500 6.500 0 1 1-6.500 6.500c0-3.600 2.900-6.500 6.500-6.500h6" />
      <path d="M21 11.500c3.500 0 6-1.800 8-4.500v13c-2-2.700-4.500-4-8-4" />
    </svg>
  );
}
