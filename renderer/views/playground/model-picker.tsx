import { useTranslation } from 'react-i18next'
import { NameSelect } from '../../components/long-name/name-select'
import classes from './model-picker.module.css'

type Props = {
  model: string
  models: { name: string; isLoaded: boolean }[]
  onChoose: (model: string) => void
}

/** Which model answers next; those in memory first, since they answer at once. */
export function ModelPicker({ model, models, onChoose }: Props) {
  const { t } = useTranslation()
  const isMissing = model !== '' && !models.some(({ name }) => name === model)
  const loaded = models.filter(({ isLoaded }) => isLoaded).map(({ name }) => name)
  const others = models.filter(({ isLoaded }) => !isLoaded).map(({ name }) => name)
  return (
    <NameSelect
      className={classes.picker}
      variant="unstyled"
      aria-label={t('playground.model')}
      searchable={models.length > 8}
      allowDeselect={false}
      value={model || null}
      placeholder={t('playground.chooseModel')}
      nothingFoundMessage={t('playground.noneFound')}
      comboboxProps={{ width: 300, position: 'top-start' }}
      mostLetters={21}
      names={[
        ...(isMissing ? [{ group: t('playground.missingModel'), items: [model] }] : []),
        ...(loaded.length > 0 ? [{ group: t('playground.loadedModels'), items: loaded }] : []),
        ...(others.length > 0 ? [{ group: t('playground.otherModels'), items: others }] : []),
      ]}
      onChange={(name) => name !== null && onChoose(name)}
    />
  )
}
