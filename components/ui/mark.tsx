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
      strokeWidth="2.4"
    >
      <path d="M2.500 8.500v5" />
      <path d="M2.500 11h11.500a6.75 6.75 0 1 1-6.75 6.750A6.75 6.75 0 0 1 14 11h5.500c4 0 7.25-1.600 10-4.500v14.500c-2.200-2.700-4.900-4.300-8.25-4.75" />
    </svg>
  );
}
