import { useTranslation } from 'react-i18next'
import type { Pull } from '../../../../shared/contract/pulls'
import { LongName } from '../../../components/long-name/long-name'
import { MemoryBar } from '../../../components/memory-bar'
import { formatSize } from '../../../format/sizes'
import { machine } from '../../../stores/machine'
import { server } from '../../../stores/server'
import { diskParts } from './disk-parts'
import classes from './pulls-card.module.css'

const colors = {
  models: 'var(--muted)',
  other: 'color-mix(in srgb, var(--muted) 35%, var(--raised))',
  coming: 'repeating-linear-gradient(135deg, var(--info) 0 3px, var(--info-soft) 3px 5px)',
}

/** The disk of the models folder: models, the rest, what is coming, what is free. */
export function DiskBar({ modelBytes, pulls }: { modelBytes: number | null; pulls: readonly Pull[] }) {
  const { t } = useTranslation()
  const state = machine.useValue()
  const isSimulated = server.useValue()?.isSimulated ?? false
  // Simulated models take no room: only the disk itself is real.
  const parts = state && diskParts(state, isSimulated ? null : modelBytes, isSimulated ? [] : pulls)
  if (state?.modelsFolder === null) return <p className={classes.disk}>{t('models.disk.unknown')}</p>
  if (!state || !parts) return null
  const { totalBytes, freeBytes, otherBytes, comingBytes, missingBytes } = parts
  const sizes = { free: formatSize(freeBytes), total: formatSize(totalBytes) }
  const legend = [
    { key: 'models' as const, bytes: parts.modelBytes ?? 0 },
    { key: 'other' as const, bytes: otherBytes },
    { key: 'coming' as const, bytes: comingBytes },
  ].filter(({ bytes }) => bytes > 0)
  return (
    <div className={classes.disk}>
      <div className={classes.diskLine}>
        <LongName>{t('models.disk.of', { folder: state.modelsFolder })}</LongName>
        <span>{t('models.disk.free', sizes)}</span>
      </div>
      <MemoryBar
        parts={legend.map(({ key, bytes }) => ({ share: bytes / totalBytes, color: colors[key] }))}
        label={t('models.disk.free', sizes)}
      />
      <div className={classes.legend}>
        {legend.map(({ key, bytes }) => (
          <span key={key}>
            <span className={classes.key} style={{ background: colors[key] }} aria-hidden />
            {t(`models.disk.${key}`)} {formatSize(bytes)}
          </span>
        ))}
      </div>
      {missingBytes > 0 ? (
        <p className={classes.short}>{t('models.disk.short', { size: formatSize(missingBytes) })}</p>
      ) : null}
    </div>
  )
}
