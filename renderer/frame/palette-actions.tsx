import type { SpotlightActionGroupData } from '@mantine/spotlight'

/** What the palette can do besides going to a screen. */
export function usePaletteActions(): SpotlightActionGroupData[] {
  return []
}
