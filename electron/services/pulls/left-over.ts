import type { Pull } from '../../../shared/contract/pulls'

/** Whether something is still to be done for it without the user. */
export const isOpen = ({ state }: Pull): boolean => ['waiting', 'running', 'stalled', 'verifying'].includes(state)

/** What the last host left behind: what was under way when it ended is not under way now. */
export function leftOver(kept: readonly Pull[]): { finished: Pull[]; unfinished: Pull[] } {
  return {
    finished: kept.filter(({ state }) => state === 'done'),
    unfinished: kept
      .filter(({ state }) => state !== 'done')
      .map((pull): Pull => (isOpen(pull) ? { ...pull, state: 'stopped' } : pull)),
  }
}
