import { type ComboboxItem, isOptionsGroup, type OptionsFilter, Select, type SelectProps } from '@mantine/core'
import classes from './long-name.module.css'
import { shortName } from './split-name'

type NameGroup = { group: string; items: readonly string[] }

type Props = Omit<SelectProps, 'data' | 'filter' | 'renderOption'> & {
  names: readonly (string | NameGroup)[]
  /** How many letters the closed field has room for. */
  mostLetters: number
}

/** A choice among names: the closed field leaves out the middle of a long one, the list shows each whole. */
export function NameSelect({ names, mostLetters, ...props }: Props) {
  const option = (name: string) => ({ value: name, label: shortName(name, mostLetters) })
  return (
    <Select
      {...props}
      title={props.value ?? undefined}
      data={names.map((name) =>
        typeof name === 'string' ? option(name) : { group: name.group, items: name.items.map(option) },
      )}
      filter={byWholeName}
      renderOption={({ option: { value } }) => <span className={classes.option}>{value}</span>}
    />
  )
}

const byWholeName: OptionsFilter = ({ options, search }) => {
  const wanted = search.trim().toLowerCase()
  const isFound = ({ value, label }: ComboboxItem) =>
    value.toLowerCase().includes(wanted) || label.toLowerCase() === wanted
  return options
    .map((option) => (isOptionsGroup(option) ? { ...option, items: option.items.filter(isFound) } : option))
    .filter((option) => (isOptionsGroup(option) ? option.items.length > 0 : isFound(option)))
}
