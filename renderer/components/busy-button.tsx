import { ActionIcon, type ActionIconProps, Button, type ButtonProps } from '@mantine/core'
import { type ComponentProps, type MouseEvent, useLayoutEffect, useRef } from 'react'

type Press = Omit<ComponentProps<'button'>, 'ref' | 'disabled' | keyof ButtonProps>
type BusyProps = Press & { isBusy: boolean; disabled?: boolean }

/** A button that does something which takes a moment; while it does, it keeps the focus and takes no other press. */
export function BusyButton({ isBusy, disabled, onClick, ...others }: BusyProps & Omit<ButtonProps, 'loading'>) {
  const busy = useBusy(isBusy, disabled, onClick)
  return <Button {...others} {...busy} />
}

/** The same as a picture. */
export function BusyIcon({ isBusy, disabled, onClick, ...others }: BusyProps & Omit<ActionIconProps, 'loading'>) {
  const busy = useBusy(isBusy, disabled, onClick)
  return <ActionIcon {...others} {...busy} />
}

/** Mantine disables a busy button, which throws the focus away: one that has it is marked as disabled instead. */
function useBusy(isBusy: boolean, disabled = false, onClick: Press['onClick']) {
  const ref = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const button = ref.current
    if (!button || !isBusy || document.activeElement !== button) return
    button.disabled = false
    button.setAttribute('aria-disabled', 'true')
    return () => button.removeAttribute('aria-disabled')
  }, [isBusy])
  useLayoutEffect(() => {
    if (ref.current && !isBusy) ref.current.disabled = disabled // React does not know that it was taken away above
  }, [isBusy, disabled])
  return {
    ref,
    disabled,
    loading: isBusy,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      if (!isBusy) return onClick?.(event)
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
