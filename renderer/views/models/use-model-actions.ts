import { useTranslation } from 'react-i18next'
import { ownModel } from '../../../shared/backends/own'
import { showDone } from '../../actions/notify'
import { useAction } from '../../actions/use-action'
import { loadModel, removeModel, unloadModel } from '../../stores/models'
import { addPull } from '../../stores/pulls'

/** What can be done to an installed model. */
export function useModelActions(name: string) {
  const { t } = useTranslation()
  return {
    load: useAction(() => loadModel(name)),
    unload: useAction(() => unloadModel(name)),
    pull: useAction(() => addPull(ownModel(name))),
    remove: useAction(async () => {
      await removeModel(name)
      showDone(t('models.remove.done', { model: name }))
    }),
  }
}
