import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card'
import { Facts } from '../../components/facts'
import { unknown } from '../../format/numbers'
import { formatMemory, formatSize } from '../../format/sizes'
import { machine } from '../../stores/machine'

/** The machine Corral runs on, as far as it matters to a model. */
export function MachineCard() {
  const { t } = useTranslation()
  const state = machine.useValue()
  return (
    <Card title={t('overview.machine.title')}>
      <Facts
        facts={[
          [t('overview.machine.name'), state?.name ?? unknown],
          [t('overview.machine.system'), state?.system ?? unknown],
          [
            t('overview.machine.processor'),
            state ? t('overview.machine.cores', { name: state.processor, count: state.coreCount }) : unknown,
          ],
          [
            t('overview.machine.memory'),
            state
              ? t('overview.machine.free', {
                  free: formatMemory(state.memoryFreeBytes),
                  total: formatMemory(state.memoryTotalBytes),
                })
              : unknown,
          ],
          [
            t('overview.machine.disk'),
            state?.diskFreeBytes == null
              ? unknown
              : t('overview.machine.diskFree', { free: formatSize(state.diskFreeBytes) }),
          ],
        ]}
      />
    </Card>
  )
}
