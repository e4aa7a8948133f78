const gpuColors = ['var(--gpu-0)', 'var(--gpu-1)', 'var(--gpu-2)', 'var(--gpu-3)']

/** A card keeps its colour on every screen; a fifth one begins anew and is told apart by a dash. */
export const gpuColor = (index: number): string => gpuColors[index % gpuColors.length] ?? 'var(--gpu-0)'
