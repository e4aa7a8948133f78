import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InForce } from '../../../shared/contract/server-settings'
import type { SettingConflict } from '../../../shared/ollama/setting-conflicts'
import type { SettingProblem } from '../../../shared/ollama/setting-values'
import type { Setting } from '../../../shared/ollama/settings'
import { unknown } from '../../format/numbers'
import type { Arrival } from '../../places/use-arrival'
import { useReasonText } from './reason-text'
import { Row } from './row'
import { SettingControl } from './setting-control'
import classes from './setting-row.module.css'
import { useValueText } from './value-text'

type Props = {
  setting: Setting
  value: string | undefined
  before: string | undefined
  isChanged: boolean
  problem: SettingProblem | null
  /** More than its sentence says, where there is more to say. */
  note?: ReactNode
  /** What comes of it together with another row. */
  conflict: SettingConflict | null
  version: string | null
  isKnown: boolean
  inForce: InForce | null
  arrival: Arrival | null
  onChange: (value: string | undefined) => void
}

export function SettingRow(props: Props) {
  const { setting, value, isChanged, problem, version, isKnown, inForce, arrival, note, onChange } = props
  const { t } = useTranslation()
  const say = useValueText(setting)
  const standard = setting.defaultFor(version ?? '0.0.0')
  return (
    <Row
      name={t(`words.settings.${setting.id}`)}
      variable={setting.variable}
      sentence={
        <>
          {t(`server.settings.${setting.id}.sentence`)}
          {note}
          {isKnown ? null : (
            <span className={classes.unknown}>
              {' '}
              {t('server.unknownTo', { version, since: setting.since ?? setting.until ?? '' })}
            </span>
          )}
        </>
      }
      isChanged={isChanged}
      isUnknown={!isKnown}
      arrival={arrival}
      control={
        <SettingControl
          setting={setting}
          value={value}
          standard={standard}
          isInvalid={problem !== null}
          onChange={onChange}
        />
      }
      underControl={<UnderControl {...props} />}
      standard={say(standard)}
      inForce={<InForceValue setting={setting} inForce={inForce} />}
    />
  )
}

function UnderControl({ setting, before, isChanged, problem, conflict, onChange }: Props) {
  const { t } = useTranslation()
  const say = useValueText(setting)
  if (problem) {
    return (
      <span className={classes.problem} role="alert">
        {t(
          `server.problems.${problem}`,
          setting.kind === 'count' ? { minimum: setting.minimum, maximum: setting.maximum } : {},
        )}
      </span>
    )
  }
  if (!isChanged && !conflict) return null
  return (
    <>
      {conflict ? (
        <span
          className={conflict.isFatal ? classes.problem : classes.conflict}
          role={conflict.isFatal ? 'alert' : 'status'}
        >
          {t(`server.conflicts.${conflict.id}`)}{' '}
        </span>
      ) : null}
      {isChanged ? (
        <>
          {t('server.was', { value: before === undefined ? t('server.default') : say(before) })}{' '}
          <button type="button" className={classes.undo} onClick={() => onChange(before)}>
            {t('frame.undo')}
          </button>
        </>
      ) : null}
    </>
  )
}

function InForceValue({ setting, inForce }: { setting: Setting; inForce: InForce | null }) {
  const { t } = useTranslation()
  const say = useValueText(setting)
  const reasonOf = useReasonText()
  if (!inForce) return <span title={t('server.notKnown')}>{unknown}</span>
  const { inForce: used, differs, evidence } = inForce
  const words = used === null ? unknown : say(used)
  const reason = reasonOf(inForce)
  if (!differs) {
    const notKnown = t(evidence === 'no-model' ? 'server.evidence.no-model' : 'server.notKnown')
    return (
      <>
        <span className={classes.inForce} title={used === null ? notKnown : words}>
          {words}
        </span>
        {reason === null ? null : <div className={classes.reason}>{reason}</div>}
      </>
    )
  }
  if (used === null && inForce.reason === 'unknownToVersion') return <span title={t('server.notKnown')}>{reason}</span>
  return (
    <div className={classes.differs}>
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
      <div>
        <strong>{words}</strong>
        <div className={classes.reason}>{reason}</div>
      </div>
    </div>
  )
}
