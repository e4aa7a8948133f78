import { TextInput } from '@mantine/core'

type Props = {
  label: string
  value: string
  placeholder?: string
  isInvalid: boolean
  /** What an arrow key adds or takes away. */
  step?: number
  onChange: (value: string) => void
}

/** A number as it is typed, whatever that is: whoever shows the field says what is wrong with it. */
export function CountInput({ label, value, placeholder, isInvalid, step = 1, onChange }: Props) {
  return (
    <TextInput
      size="xs"
      inputMode="numeric"
      aria-label={label}
      {...(placeholder === undefined ? {} : { placeholder })}
      error={isInvalid}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const plain = withoutGroups(value)
        if (plain !== value) onChange(plain)
      }}
      onKeyDown={(event) => {
        const by = { ArrowUp: step, ArrowDown: -step }[event.key]
        if (by === undefined || !/^\d*$/.test(value)) return
        event.preventDefault()
        onChange(String(Math.max(0, Number(value) + by)))
      }}
    />
  )
}

/** 131,072 and 131 072 are how people copy numbers; blanks around one are no part of it. */
function withoutGroups(text: string): string {
  const own = text.trim()
  return /^\d{1,3}([, \u00a0\u202f]\d{3})+$/.test(own) ? own.replace(/\D/g, '') : own
}
