import { IconPhotoOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { GuardedLink } from './guarded-link'
import classes from './markdown.module.css'

type Props = { address: string; name: string }

/** Stands where a picture would: loading one would tell its owner that, and what, we read. */
export function PictureName({ address, name }: Props) {
  const { t } = useTranslation()
  return (
    <span className={classes.picture}>
      <IconPhotoOff size={14} stroke={1.8} aria-hidden />
      <GuardedLink address={address}>{name || t('markdown.picture')}</GuardedLink>
    </span>
  )
}
