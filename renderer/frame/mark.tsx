/** Corral's mark: a fence seen from above. */
export function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0F766E" />
      <path d="M11 7v18M21 7v18M7 12h18M7 20h18" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  )
}
